import type { KeyObject } from 'node:crypto';
import { compactVerify } from 'jose';
import { badCredentials, GitHubError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import type { Caller } from './caller.ts';

export interface Authenticator {
  /** Throws a 401 unless the header is absent or good. */
  callerOf(authorization: string | undefined): Promise<Caller>;
}

/** A JSON web token of an app may live ten minutes; GitHub allows a minute for clocks that differ. */
const longestTokenSeconds = 600;
const clockDriftSeconds = 60;

// Octokit recognises these two sentences and corrects its clock by the answer's `Date` header.
const expired =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const issuedInFuture =
  "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";

async function claimsOf(token: string, publicKey: KeyObject): Promise<JsonObject> {
  try {
    const { payload } = await compactVerify(token, publicKey, { algorithms: ['RS256'] });
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    return isJsonObject(claims) ? claims : {};
  } catch {
    throw badCredentials('A JSON web token could not be decoded');
  }
}

function refuseBadClaims(
  { exp, iat, iss }: JsonObject,
  { nowSeconds, appId }: { nowSeconds: number; appId: number },
): void {
  if (typeof exp !== 'number' || exp <= nowSeconds) {
    throw badCredentials(expired);
  }
  if (exp > nowSeconds + longestTokenSeconds + clockDriftSeconds) {
    throw badCredentials("'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== 'number' || iat > nowSeconds + clockDriftSeconds) {
    throw badCredentials(issuedInFuture);
  }
  if (String(iss) !== String(appId)) {
    throw new GitHubError(404, 'Integration not found');
  }
}

export function createAuthenticator(world: World, { clientNow }: { clientNow: () => Date }): Authenticator {
  function tokenCaller(secret: string): Caller {
    const token = world.store.tokens.get(secret);
    if (token) {
      if (token.expiresAt <= clientNow()) {
        throw badCredentials();
      }
      return { kind: 'installation', token, account: world.app.bot };
    }
    const account = world.store.users.find((user) => user.token === secret);
    if (!account) {
      throw badCredentials();
    }
    return { kind: 'user', account };
  }

  return {
    async callerOf(authorization) {
      const [, scheme, secret] = /^(bearer|token)\s+(\S+)$/i.exec(authorization ?? '') ?? [];
      if (!authorization) {
        return { kind: 'anonymous' };
      }
      if (!scheme || !secret) {
        throw badCredentials();
      }
      if (secret.split('.').length === 3) {
        const claims = await claimsOf(secret, world.app.publicKey);
        refuseBadClaims(claims, { nowSeconds: Math.floor(clientNow().getTime() / 1000), appId: world.app.id });
        return { kind: 'app' };
      }
      return tokenCaller(secret);
    },
  };
}
