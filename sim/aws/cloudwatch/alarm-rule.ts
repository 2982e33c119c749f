import { validationError } from './validation-error.ts';

/*
 * The rule of a composite alarm: ALARM(), OK() and INSUFFICIENT_DATA() of alarms, TRUE and FALSE, joined by AND, OR and
 * NOT, which binds strongest, and grouped by parentheses.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */

const TOKEN =
  /\s*(\(|\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^\s")]+))\s*\))/y;
const LONGEST = 10_240;

type Token =
  | { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' | 'TRUE' | 'FALSE' }
  | { readonly kind: 'alarm'; readonly state: string; readonly name: string };

type StateOf = (alarm: string) => string | undefined;
type Condition = (stateOf: StateOf) => boolean;

/** Throws ValidationError when the text is no rule. */
export function checkRule(rule: string): void {
  if (rule.length > LONGEST) {
    throw validationError(`AlarmRule must be at most ${LONGEST} characters long`);
  }
  parse(rule);
}

/** The alarms that the rule names, as it names them. */
export function namesIn(rule: string): string[] {
  return tokensOf(rule).flatMap((token) => (token.kind === 'alarm' ? [token.name] : []));
}

/** An alarm that is not there is in no state. */
export function evaluate(rule: string, stateOf: StateOf): boolean {
  return parse(rule)(stateOf);
}

function tokensOf(rule: string): Token[] {
  const tokens: Token[] = [];
  const text = rule.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw validationError(`AlarmRule cannot be read from character ${at + 1} on: ${text.slice(at, at + 20)}`);
    }
    const [, word = '', state, quoted, plain] = match;
    tokens.push(
      state === undefined ? ({ kind: word } as Token) : { kind: 'alarm', state, name: quoted ?? plain ?? '' },
    );
  }
  return tokens;
}

function parse(rule: string): Condition {
  const tokens = tokensOf(rule);
  let position = 0;

  const isNext = (kind: Token['kind']): boolean => {
    const found = tokens[position]?.kind === kind;
    position += found ? 1 : 0;
    return found;
  };

  function anyOf(): Condition {
    const conditions = [allOf()];
    while (isNext('OR')) {
      conditions.push(allOf());
    }
    return (stateOf) => conditions.some((condition) => condition(stateOf));
  }

  function allOf(): Condition {
    const conditions = [one()];
    while (isNext('AND')) {
      conditions.push(one());
    }
    return (stateOf) => conditions.every((condition) => condition(stateOf));
  }

  function one(): Condition {
    if (isNext('NOT')) {
      const condition = one();
      return (stateOf) => !condition(stateOf);
    }
    if (isNext('(')) {
      const condition = anyOf();
      if (!isNext(')')) {
        throw validationError('AlarmRule lacks a closing parenthesis');
      }
      return condition;
    }
    return leaf(tokens[position++]);
  }

  const whole = anyOf();
  if (position < tokens.length) {
    throw validationError(`AlarmRule has more than one expression: ${rule}`);
  }
  return whole;
}

function leaf(token: Token | undefined): Condition {
  if (token?.kind === 'alarm') {
    return (stateOf) => stateOf(token.name) === token.state;
  }
  if (token?.kind === 'TRUE' || token?.kind === 'FALSE') {
    return () => token.kind === 'TRUE';
  }
  throw validationError('AlarmRule ends or has an operator where an expression must stand');
}
