/** The same said several times in a row. */
export interface Repeated<Item> {
  readonly oldest: Item;
  readonly newest: Item;
  readonly times: number;
}

/** The newest `limit` rows of a log, newest first, with what repeats itself in one row. What has no key is not told. */
export function newestRows<Item>(
  log: readonly Item[],
  { keyOf, limit }: { keyOf: (item: Item) => string | undefined; limit: number },
): Repeated<Item>[] {
  const rows: Repeated<Item>[] = [];
  let lastKey: string | undefined;
  for (let index = log.length - 1; index >= 0; index -= 1) {
    const item = log[index] as Item;
    const key = keyOf(item);
    const row = rows.at(-1);
    if (key === undefined) {
      continue;
    }
    if (row && key === lastKey) {
      rows[rows.length - 1] = { ...row, oldest: item, times: row.times + 1 };
    } else if (rows.length === limit) {
      break;
    } else {
      rows.push({ oldest: item, newest: item, times: 1 });
      lastKey = key;
    }
  }
  return rows;
}
