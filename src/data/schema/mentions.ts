/** Whether a name of a column stands in SQL as a word, in whatever case: names of columns have none. */
export function mentions(sql: string, column: string): boolean {
  const escaped = column.replaceAll('`', '``').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'iu').test(sql);
}
