/** A table, or a column with its table, in a sentence: whole, on one line, and with nothing a terminal would obey. */
export function spoken(...names: readonly string[]): string {
  return `\`${names.map((name) => name.replace(/[`\p{C}\s]+/gu, ' ')).join('.')}\``;
}
