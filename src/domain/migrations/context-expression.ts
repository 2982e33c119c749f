/** Nobody writes a longer one; what is longer is not taken apart. */
const MOST_CHARACTERS = 2000;

/**
 * Whether what has this context is run when these are given: lower-case names. Without a context of its own it is, and where
 * none is given, all is, but for what demands one with `@`. `and` binds closer than `or`, a comma is an `or`, and an
 * expression that cannot be read is as good as none.
 *
 * https://docs.liquibase.com/concepts/changelogs/attributes/contexts.html, and
 * https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/util/ExpressionMatcher.java.
 */
export function isInContext(expression: string | null, given: readonly string[]): boolean {
  if (expression === null || expression.trim() === '' || expression.length > MOST_CHARACTERS) {
    return true;
  }
  if (given.length === 0 && !expression.includes('@')) {
    return true;
  }
  const tokens = expression.toLowerCase().match(/[(),!@]|[^\s(),!@]+/g) ?? [];
  return holds(tokens, new Set(given)) ?? true;
}

/** The contexts that somebody runs Liquibase with. */
export function contextsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^@/, ''))
    .filter((name) => name !== '');
}

/** Undefined where it is no expression. */
function holds(tokens: readonly string[], given: ReadonlySet<string>): boolean | undefined {
  let next = 0;
  const take = (...wanted: readonly string[]): boolean => {
    const isThere = wanted.includes(tokens[next] ?? '');
    next += isThere ? 1 : 0;
    return isThere;
  };

  function anyOf(): boolean | undefined {
    let value = allOf();
    while (value !== undefined && take('or', ',')) {
      const other = allOf();
      value = other === undefined ? undefined : value || other;
    }
    return value;
  }

  function allOf(): boolean | undefined {
    let value = one();
    while (value !== undefined && take('and')) {
      const other = one();
      value = other === undefined ? undefined : value && other;
    }
    return value;
  }

  function one(): boolean | undefined {
    take('@');
    if (take('!', 'not')) {
      const value = one();
      return value === undefined ? undefined : !value;
    }
    if (take('(')) {
      const value = anyOf();
      return take(')') ? value : undefined;
    }
    const name = tokens[next++];
    return name === undefined || /^[(),!@]$/.test(name) ? undefined : given.has(name);
  }

  const value = anyOf();
  return next === tokens.length ? value : undefined;
}
