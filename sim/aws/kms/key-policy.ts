import { fitsAction } from '../authorisation/wildcard.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { invalid } from './refusals.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
const LARGEST_BYTES = 32_768;
// oxlint-disable-next-line no-control-regex -- the characters that PutKeyPolicy allows include tab and line ends
const LEGAL = /^[\u0009\u000A\u000D\u0020-\u00FF]+$/;

type Statement = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultPolicy({ accountId }: World): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/**
 * Every statement names principals that exist, and unless `mayLockOut` somebody of the account may still put another
 * policy. What lacks an action or a resource is taken and has no effect.
 * Throws MalformedPolicyDocumentException, LimitExceededException.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export function checkKeyPolicy(world: World, policy: string, { mayLockOut }: { mayLockOut: boolean }): void {
  if (Buffer.byteLength(policy) > LARGEST_BYTES) {
    throw new Refusal('LimitExceededException', `A key policy may be at most ${LARGEST_BYTES} bytes long.`);
  }
  if (!LEGAL.test(policy)) {
    throw invalid(
      'policy',
      policy,
      'Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
    );
  }
  const statements = statementsOf(policy);
  for (const statement of statements) {
    checkPrincipals(world, statement);
  }
  if (!mayLockOut && !statements.some((statement) => letsPutPolicy(world, statement))) {
    throw malformed('The new key policy will not allow you to update the key policy in the future.');
  }
}

function statementsOf(policy: string): readonly Statement[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw malformed('The policy is not valid JSON.');
  }
  const held = isObject(document) ? document['Statement'] : undefined;
  const statements: readonly unknown[] = Array.isArray(held) ? held : [held];
  return statements.map((statement) => {
    if (!isObject(statement) || !['Allow', 'Deny'].includes(String(statement['Effect']))) {
      throw malformed('Every statement of the policy must be an object with the Effect Allow or Deny.');
    }
    return statement;
  });
}

function checkPrincipals(world: World, { Principal, NotPrincipal }: Statement): void {
  const named = principalsIn(Principal ?? NotPrincipal);
  if (named.length === 0) {
    throw malformed('Every statement of the policy must contain a principal.');
  }
  const rolePrefix = `arn:aws:iam::${world.accountId}:role/`;
  const roles = new Set([...world.iam.roles.values()].map(({ arn }) => arn));
  if (named.some((principal) => principal.startsWith(rolePrefix) && !roles.has(principal))) {
    throw malformed('Policy contains a statement with one or more invalid principals.');
  }
}

/** Nobody here knows who calls, so anybody of the account will do. */
function letsPutPolicy({ accountId }: World, { Effect, Principal, Action }: Statement): boolean {
  const isOfAccount = (principal: string): boolean =>
    principal === '*' || principal === accountId || principal.startsWith(`arn:aws:iam::${accountId}:`);
  return (
    Effect === 'Allow' &&
    principalsIn(Principal).some(isOfAccount) &&
    textsIn(Action).some((pattern) => fitsAction('kms:PutKeyPolicy', pattern))
  );
}

/** Those of every kind: `"*"`, or by kind one or several. */
function principalsIn(principal: unknown): readonly string[] {
  return isObject(principal) ? Object.values(principal).flatMap(textsIn) : textsIn(principal);
}

function textsIn(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((text) => typeof text === 'string');
}

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): Refusal {
  return new Refusal('MalformedPolicyDocumentException', message);
}
