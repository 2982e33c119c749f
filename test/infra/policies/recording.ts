import { type AccessRequest, createJudge } from '../../../sim/aws/authorisation/decide.ts';
import { type Policy, parsePolicy } from '../../../sim/aws/authorisation/policy.ts';
import type { Judged } from '../../../sim/aws/guards/authorisation.ts';
import type { Variables } from './render.ts';

/** What a role was seen to need on one platform, and what it is allowed there. */
export interface Recording {
  readonly policy: Policy;
  readonly variables: Variables;
  /** Each once, though it was made a hundred times. */
  readonly requests: readonly AccessRequest[];
}

export function recordingOf(judged: readonly Judged[], documents: readonly string[], variables: Variables): Recording {
  const distinct = new Map(judged.map(({ request }) => [keyOf(request), request]));
  return { policy: documents.flatMap(parsePolicy), variables, requests: [...distinct.values()] };
}

/** Ids that come from a sequence say nothing of what is allowed, but are kept: there are hundreds of requests, not thousands. */
function keyOf({ action, resource, context }: AccessRequest): string {
  return JSON.stringify([action, resource, [...context].toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}

/** The first request that a policy denies. */
export function deniedBy(policy: Policy, requests: readonly AccessRequest[]): AccessRequest | undefined {
  const judge = createJudge(policy);
  return requests.find((request) => !judge(request).isAllowed);
}
