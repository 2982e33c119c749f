import { createJudge } from '../../../sim/aws/authorisation/decide.ts';
import type { Policy, Statement } from '../../../sim/aws/authorisation/policy.ts';
import type { Recording } from './recording.ts';

/** A part of a policy that allows: an action or a resource of a statement. */
export interface Part {
  readonly sid: string;
  readonly list: 'actions' | 'resources';
  readonly index: number;
  readonly pattern: string;
}

export function allowingParts(policy: Policy): Part[] {
  return policy
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      (['actions', 'resources'] as const).flatMap((list) =>
        statement[list].patterns.map((pattern, index) => ({ sid: statement.sid, list, index, pattern })),
      ),
    );
}

/** The policy as it would be without the part. */
export function without(policy: Policy, { sid, list, index }: Part): Policy {
  return policy.map((statement): Statement => {
    const { patterns, isInverted } = statement[list];
    return statement.sid === sid
      ? { ...statement, [list]: { patterns: patterns.filter((_, at) => at !== index), isInverted } }
      : statement;
  });
}

/** Parts without which everything that was seen would still be allowed, as sentences. Nothing else was needed of them. */
export function unneeded(recordings: readonly Recording[]): string[] {
  const needed = new Set<string>();
  const parts = new Map<string, Part>();
  for (const { policy, requests } of recordings) {
    for (const part of allowingParts(policy)) {
      const key = `${part.sid} ${part.list} ${part.index}`;
      parts.set(key, part);
      const judge = createJudge(without(policy, part));
      const concerned = requests.filter(({ action }) => mayConcern(part, action));
      if (concerned.some((request) => !judge(request).isAllowed)) {
        needed.add(key);
      }
    }
  }
  return [...parts].filter(([key]) => !needed.has(key)).map(([, part]) => sentenceOf(part));
}

/** Spares most of the work: an action is needed only by requests of that action. */
function mayConcern({ list, pattern }: Part, action: string): boolean {
  return list === 'resources' || pattern.includes('*') || pattern.toLowerCase() === action.toLowerCase();
}

function sentenceOf({ sid, list, pattern }: Part): string {
  return `${sid}: nothing needs the ${list === 'actions' ? 'action' : 'resource'} ${pattern}`;
}
