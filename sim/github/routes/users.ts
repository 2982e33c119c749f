import { badCredentials, integrationForbidden } from '../errors.ts';
import { found, ok, param, type Routes } from '../http/call.ts';
import type { RateLimits } from '../http/rate-limit.ts';
import { privateAccountJson, publicAccountJson } from '../wire/account.ts';
import type { World } from '../world.ts';

export function createUserRoutes(world: World, limits: RateLimits): Routes {
  return {
    'users/get-authenticated': ({ caller }) => {
      if (caller.kind === 'anonymous') {
        throw badCredentials('Requires authentication');
      }
      if (caller.kind !== 'user') {
        throw integrationForbidden();
      }
      return ok(privateAccountJson(world, caller.account));
    },
    'users/get-by-username': (call) => {
      const account = found(world.store.accounts.get(param(call, 'username')));
      return ok(publicAccountJson(world, account));
    },
    'rate-limit/get': ({ caller }) => ok(limits.overview(caller)),
  };
}
