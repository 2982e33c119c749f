import { fits, fitsArn } from './wildcard.ts';

/** One key of one operator of a statement's `Condition`: met when any of the values is. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * What a request says of itself and of its resource, by condition key in lower case: the names of condition keys know
 * no case. A list is a key that AWS documents as multivalued, even if it holds one value.
 */
export type RequestContext = ReadonlyMap<string, string | readonly string[]>;

type Test = (held: string, wanted: string) => boolean;

const equal: Test = (held, wanted) => held === wanted;
const tests: Readonly<Record<string, Test>> = {
  StringEquals: equal,
  StringLike: fits,
  ArnEquals: fitsArn,
  ArnLike: fitsArn,
  Bool: (held, wanted) => held.toLowerCase() === wanted.toLowerCase(),
};
/** These hold where the key is absent. */
const negated: Readonly<Record<string, Test>> = {
  StringNotEquals: equal,
  StringNotLike: fits,
  ArnNotEquals: fitsArn,
  ArnNotLike: fitsArn,
};

interface Operator {
  readonly quantifier: string | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

function read(operator: string): Operator | undefined {
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  const known = name in tests || name in negated || (name === 'Null' && !quantifier && !ifExists);
  return known ? { quantifier, name, ifExists: ifExists !== undefined } : undefined;
}

/** Whether `meets` can judge by it. A policy with an operator that it cannot judge by is to be refused, not guessed at. */
export function isKnownOperator(operator: string): boolean {
  return read(operator) !== undefined;
}

/**
 * Whether a request meets a condition. Throws for an operator it does not know, and where a key of many values meets an
 * operator for one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function meets({ operator, key, values }: Condition, context: RequestContext): boolean {
  const known = read(operator);
  if (!known) {
    throw new Error(`the condition operator ${operator} is not known here`);
  }
  const held = context.get(key.toLowerCase());
  if (known.name === 'Null') {
    return values.some((value) => (value === 'true') === (held === undefined));
  }
  if (held === undefined) {
    return known.ifExists || (known.quantifier ? known.quantifier === 'ForAllValues' : known.name in negated);
  }
  const one = (value: string): boolean => matches(known.name, value, values);
  if (typeof held === 'string') {
    return one(held);
  }
  if (!known.quantifier) {
    throw new Error(`${key} holds many values: ${operator} needs ForAllValues or ForAnyValue before it`);
  }
  return known.quantifier === 'ForAllValues' ? held.every(one) : held.some(one);
}

function matches(name: string, held: string, values: readonly string[]): boolean {
  const test = tests[name];
  return test ? values.some((wanted) => test(held, wanted)) : !values.some((wanted) => negated[name]?.(held, wanted));
}
