import type { Policy, Statement } from '../../../sim/aws/authorisation/policy.ts';

export interface Mutant {
  /** What was done to the policy. */
  readonly name: string;
  apply(policy: Policy): Policy;
}

/** Each condition dropped, each list of resources made `*`, each resource of a denial spared: every one lets somebody in. */
export function laxer(policy: Policy): Mutant[] {
  return policy.flatMap((statement) => [
    ...(statement.effect === 'Deny' ? statement.resources.patterns.map((_, at) => spared(statement, at)) : []),
    ...(statement.effect === 'Allow' ? statement.conditions.map((_, index) => withoutCondition(statement, index)) : []),
    ...(statement.effect === 'Allow' && !isWide(statement) ? [widened(statement)] : []),
  ]);
}

/** Something allowed that nothing needs. */
export function generous(action: string): Mutant {
  const resources = { patterns: ['*'], isInverted: false };
  const actions = { patterns: [action], isInverted: false };
  const extra: Statement = { sid: 'Extra', effect: 'Allow', actions, resources, conditions: [] };
  return { name: `${action} is added`, apply: (policy) => [...policy, extra] };
}

const isWide = ({ resources }: Statement): boolean => resources.patterns.includes('*');

function spared({ sid, resources: { patterns } }: Statement, at: number): Mutant {
  return changing(sid, `${sid} does not speak of ${patterns[at]}`, ({ resources, ...statement }) => ({
    ...statement,
    resources: { ...resources, patterns: resources.patterns.toSpliced(at, 1) },
  }));
}

function withoutCondition({ sid, conditions }: Statement, index: number): Mutant {
  const { operator, key } = conditions[index] ?? {};
  return changing(sid, `${sid} has no ${operator} of ${key}`, (statement) => ({
    ...statement,
    conditions: statement.conditions.filter((_, at) => at !== index),
  }));
}

function widened({ sid }: Statement): Mutant {
  return changing(sid, `${sid} is about everything`, (statement) => ({
    ...statement,
    resources: { patterns: ['*'], isInverted: false },
  }));
}

function changing(sid: string, name: string, change: (statement: Statement) => Statement): Mutant {
  return {
    name,
    apply: (policy) => policy.map((statement) => (statement.sid === sid ? change(statement) : statement)),
  };
}
