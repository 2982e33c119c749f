/**
 * Whether a pattern means the column: `*.id`, `ref_data.*`, `*_type.code`. `*` is any text, none included. Tables are
 * compared exactly and columns in whatever case, as the server compares them. A name may hold dots.
 */
export function matchesPattern(pattern: string, { table, column }: { table: string; column: string }): boolean {
  for (let dot = pattern.indexOf('.'); dot !== -1; dot = pattern.indexOf('.', dot + 1)) {
    const isColumn = matchesGlob(pattern.slice(dot + 1).toLowerCase(), column.toLowerCase());
    if (isColumn && matchesGlob(pattern.slice(0, dot), table)) {
      return true;
    }
  }
  return false;
}

/** Whether a text is what `*`, any text, makes of the pattern. Greedy from both ends: no pattern makes it slow, which a regular expression of many stars would be. */
export function matchesGlob(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return name === first;
  }
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) {
    return false;
  }
  let from = first.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at === -1) {
      return false;
    }
    from = at + piece.length;
  }
  return from <= name.length - last.length;
}
