import { accessRequests } from '../authorisation/access-requests.ts';
import { type AccessRequest, decide } from '../authorisation/decide.ts';
import { denial } from '../authorisation/denial.ts';
import { needsOf } from '../authorisation/needs.ts';
import { type Policy, parsePolicy } from '../authorisation/policy.ts';
import type { Call, Guard } from '../wire/guard.ts';
import type { World } from '../world.ts';

/** One request that was judged, and for which call. */
export interface Judged {
  readonly accessKeyId: string;
  readonly service: string;
  readonly operation: string;
  readonly request: AccessRequest;
  readonly isAllowed: boolean;
}

export interface Authorisation {
  /**
   * From now on whoever signs with this access key may do what the policies together allow and nothing else. Whoever signs with
   * a key that none are given for may do everything. Throws when one cannot be read.
   */
  enforce(accessKeyId: string, policies: readonly string[]): void;
  /** Every request judged since the beginning, oldest first. */
  judged(): readonly Judged[];
  readonly guard: Guard;
}

/** IAM before the services, as far as policies of identities go: no boundary, no policy of a resource, no organisation. */
export function createAuthorisation(world: World): Authorisation {
  const policies = new Map<string, Policy>();
  const judged: Judged[] = [];

  async function authorise(call: Call, accessKeyId: string, policy: Policy): Promise<void> {
    const { service, operation } = call;
    const needs = await needsOf(world, call);
    const requests = (await Promise.all(needs.map(async (need) => await accessRequests(world, need)))).flat();
    for (const request of requests) {
      const decision = decide(policy, request);
      judged.push({ accessKeyId, service, operation, request, isAllowed: decision.isAllowed });
      if (!decision.isAllowed) {
        const principal = `arn:aws:sts::${world.accountId}:assumed-role/${accessKeyId}/local-cloud`;
        throw denial({ service, principal, request, because: decision.because });
      }
    }
  }

  return {
    enforce(accessKeyId, documents) {
      policies.set(accessKeyId, documents.flatMap(parsePolicy));
    },
    judged: () => judged,
    async guard(call, work) {
      const { accessKeyId = '' } = call;
      const policy = policies.get(accessKeyId);
      if (policy) {
        await authorise(call, accessKeyId, policy);
      }
      return await work();
    },
  };
}
