/**
 * What stands against a condition in SQL; undefined when it may be used. It is put in brackets into statements that say
 * more than it does (a range of keys, a chunk), so it must end where its brackets do, and be one expression. Backslashes
 * are refused because what they do to a quote depends on the server's `sql_mode` (NO_BACKSLASH_ESCAPES).
 */
export function conditionProblem(condition: string): string | undefined {
  if (condition.trim() === '') {
    return 'a condition says something';
  }
  if (condition.includes('\\')) {
    return 'a condition has no backslash: what it means depends on the server';
  }
  const bare = condition.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, "''");
  if (/['"`]/.test(bare.replaceAll("''", ''))) {
    return 'a quotation mark of the condition is never closed';
  }
  if (bare.includes(';')) {
    return 'a condition is one expression, without `;`';
  }
  if (/--|#|\/\*|\*\//.test(bare)) {
    return 'a condition has no comments';
  }
  return isBalanced(bare) ? undefined : 'the brackets of the condition do not match';
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    open += character === '(' ? 1 : 0;
    open -= character === ')' ? 1 : 0;
    if (open < 0) {
      return false;
    }
  }
  return open === 0;
}
