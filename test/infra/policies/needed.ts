import { createJudge } from '../../../sim/aws/authorisation/decide.ts';
import type { Policy, Statement } from '../../../sim/aws/authorisation/policy.ts';
import type { Recording } from './recording.ts';

/** A part of a statement that allows: an action, a resource, or one of several values of a condition. */
export interface Part {
  readonly sid: string;
  /** As a person would name it. */
  readonly what: string;
  /** Its place, the same in every rendering of a policy. */
  readonly key: string;
  /** The action, if it is one. */
  readonly action: string | undefined;
  /** The statement as it would be without it. */
  drop(statement: Statement): Statement;
}

export function allowingParts(policy: Policy): Part[] {
  return policy
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => [
      ...listed(statement, 'actions'),
      ...listed(statement, 'resources'),
      ...statement.conditions.flatMap((_, index) => alternatives(statement, index)),
    ]);
}

function listed(statement: Statement, list: 'actions' | 'resources'): Part[] {
  const { sid } = statement;
  return statement[list].patterns.map((pattern, index) => ({
    sid,
    what: `the ${list.slice(0, -1)} ${pattern}`,
    key: `${sid} ${list} ${index}`,
    action: list === 'actions' ? pattern : undefined,
    drop: (from) => ({ ...from, [list]: { ...from[list], patterns: from[list].patterns.toSpliced(index, 1) } }),
  }));
}

function alternatives({ sid, conditions }: Statement, at: number): Part[] {
  const { key = '', values = [] } = conditions[at] ?? {};
  return values.length < 2
    ? []
    : values.map((value, index) => ({
        sid,
        what: `${value} as ${key}`,
        key: `${sid} ${at} ${index}`,
        action: undefined,
        drop: (from) => ({
          ...from,
          conditions: from.conditions.map((condition, place) =>
            place === at ? { ...condition, values: condition.values.toSpliced(index, 1) } : condition,
          ),
        }),
      }));
}

/** The policy as it would be without the part. */
export function without(policy: Policy, { sid, drop }: Part): Policy {
  return policy.map((statement) => (statement.sid === sid ? drop(statement) : statement));
}

/** Parts without which everything that was seen would still be allowed, as sentences. Nothing else was needed of them. */
export function unneeded(recordings: readonly Recording[]): string[] {
  const needed = new Set<string>();
  const parts = new Map<string, Part>();
  for (const { policy, requests } of recordings) {
    for (const part of allowingParts(policy)) {
      parts.set(part.key, part);
      const judge = createJudge(without(policy, part));
      const concerned = requests.filter((request) => mayConcern(part, request.action));
      if (concerned.some((request) => !judge(request).isAllowed)) {
        needed.add(part.key);
      }
    }
  }
  return [...parts.values()]
    .filter(({ key }) => !needed.has(key))
    .map(({ sid, what }) => `${sid}: nothing needs ${what}`);
}

/** Spares most of the work: an action is needed only by requests of that action. */
function mayConcern({ action: needed }: Part, action: string): boolean {
  return needed === undefined || needed.includes('*') || needed.toLowerCase() === action.toLowerCase();
}
