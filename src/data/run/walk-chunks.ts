import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { KeyColumn } from '../plan/plan.ts';
import { type KeyRange, type KeyValues, keySql, rangeSql } from './key-range.ts';
import type { Pace } from './pace.ts';

export interface Walk extends KeyRange {
  /** Quoted. */
  readonly table: string;
  readonly key: readonly KeyColumn[];
  /** What the statement calls the table. */
  readonly alias?: string;
}

export interface Chunk {
  readonly range: KeyRange;
  /** In SQL. */
  readonly where: string;
  readonly isLast: boolean;
}

interface WalkOptions {
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Writes the chunk, and tells how many rows it met. */
  readonly each: (chunk: Chunk) => Promise<number>;
}

/** Chunk by chunk in the order of the key; the last one is always given, be it empty. */
export async function walkChunks(session: Session, walk: Walk, { pace, signal, each }: WalkOptions): Promise<void> {
  const next = isCounted(walk) ? nextByNumber : nextByRow;
  let { after } = walk;
  for (let wasEmpty = false; ; ) {
    signal.throwIfAborted();
    if (wasEmpty && isCounted(walk)) {
      after = await beforeNextRow(session, { ...walk, after });
    }
    const range = await next(session, { ...walk, after }, pace.rows());
    const isLast = range === undefined || sameKey(range.upTo, walk.upTo);
    const whole = range ?? { after, upTo: walk.upTo };
    const rows = await pace.timed(
      async () => await each({ range: whole, where: rangeSql(walk.key, whole, walk.alias), isLast }),
    );
    if (isLast) {
      return;
    }
    wasEmpty = rows === 0;
    after = whole.upTo;
  }
}

/** Ranges of whole numbers need no look at the rows. */
function isCounted({ key, after, upTo }: Walk): boolean {
  return key.length === 1 && key[0]?.kind === 'integer' && after !== undefined && upTo !== undefined;
}

async function nextByNumber(_session: Session, { after, upTo }: Walk, rows: number): Promise<KeyRange> {
  const [start, end] = [BigInt(String(after?.[0])), BigInt(String(upTo?.[0]))];
  const stop = start + BigInt(rows);
  return { after, upTo: stop < end ? [String(stop)] : upTo };
}

async function nextByRow(session: Session, walk: Walk, rows: number): Promise<KeyRange | undefined> {
  const [row] = await session.rows(
    `SELECT ${keyColumnsSql(walk.key)} FROM ${walk.table} WHERE ${rangeSql(walk.key, walk)}
     ORDER BY ${walk.key.map(({ name }) => quoteName(name)).join(', ')} LIMIT 1 OFFSET ${rows - 1}`,
  );
  return row && { after: walk.after, upTo: walk.key.map((_, n) => row[`k${n}`] ?? null) };
}

function keyColumnsSql(key: readonly KeyColumn[]): string {
  return key.map((column, n) => `${keySql(column)} AS k${n}`).join(', ');
}

/** Over a gap in the numbers, however wide, in one step. */
async function beforeNextRow(session: Session, walk: Walk): Promise<KeyValues | undefined> {
  const [row] = await session.rows(
    `SELECT MIN(${walk.key.map((column) => keySql(column)).join()}) AS k0 FROM ${walk.table} WHERE ${rangeSql(walk.key, walk)}`,
  );
  const found = row?.['k0'] ?? null;
  return found === null ? walk.upTo : [String(BigInt(String(found)) - 1n)];
}

function sameKey(a: KeyValues | undefined, b: KeyValues | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.length === b.length && a.every((value, n) => String(value) === String(b[n]))
  );
}
