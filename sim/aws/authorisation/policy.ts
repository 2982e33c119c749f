import { type Condition, isKnownOperator } from './condition.ts';

export interface Statement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  /** With `isInverted`, `NotAction`: all but these. */
  readonly actions: { readonly patterns: readonly string[]; readonly isInverted: boolean };
  /** With `isInverted`, `NotResource`. */
  readonly resources: { readonly patterns: readonly string[]; readonly isInverted: boolean };
  /** All of them must be met. */
  readonly conditions: readonly Condition[];
}

export type Policy = readonly Statement[];

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a policy that is attached to an identity. Throws for what the evaluation could not honour: elements and operators
 * it does not know, and policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): Policy {
  const { Version, Statement: held } = JSON.parse(text) as Json;
  if (Version !== '2012-10-17') {
    throw new Error(`the policy's Version is ${String(Version)}, and not 2012-10-17`);
  }
  if (text.includes('${')) {
    throw new Error('policy variables are not known here');
  }
  return listOf<Json>(held).map(statementOf);
}

function statementOf(held: Json): Statement {
  const { Sid = '', Effect, Condition: conditions = {} } = held;
  const sid = String(Sid);
  const unknown = Object.keys(held).filter((element) => !ELEMENTS.includes(element));
  if (unknown.length > 0 || (Effect !== 'Allow' && Effect !== 'Deny')) {
    throw new Error(`the statement ${sid} cannot be read: ${unknown.join(', ') || `Effect ${String(Effect)}`}`);
  }
  return {
    sid,
    effect: Effect,
    actions: { patterns: patternsOf(held, 'Action'), isInverted: 'NotAction' in held },
    resources: { patterns: patternsOf(held, 'Resource'), isInverted: 'NotResource' in held },
    conditions: Object.entries(conditions as Record<string, Json>).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => conditionOf(sid, { operator, key, values: listOf(values) })),
    ),
  };
}

function patternsOf(held: Json, element: string): string[] {
  const patterns = listOf<string>(held[element] ?? held[`Not${element}`]);
  if (patterns.length === 0) {
    throw new Error(`the statement ${String(held['Sid'])} has no ${element}`);
  }
  return patterns;
}

function conditionOf(sid: string, condition: Condition): Condition {
  if (!isKnownOperator(condition.operator)) {
    throw new Error(`the statement ${sid} has an operator that is not known here: ${condition.operator}`);
  }
  return condition;
}

function listOf<T>(held: unknown): T[] {
  if (held === undefined) {
    return [];
  }
  return (Array.isArray(held) ? held : [held]) as T[];
}
