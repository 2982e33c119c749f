import type { Session } from '../mysql/session.ts';
import type { KeyColumn } from '../plan/plan.ts';
import { work } from './journal.ts';
import { type KeyRange, readKey, storeKey } from './key-range.ts';
import { createPace, type Pace } from './pace.ts';
import { boundsOf } from './remove-rows.ts';
import { retryPassing } from './retry-passing.ts';
import { type RunContext, withMaskingSession } from './run-context.ts';
import { walkChunks } from './walk-chunks.ts';

export interface PartedTable {
  readonly number: number;
  readonly step: 'mask' | 'back';
  /** For progress. */
  readonly name: string;
  /** Quoted; its rows are walked. */
  readonly source: string;
  readonly key: readonly KeyColumn[];
  readonly estimatedRows: number;
  /** The statement for the rows of a chunk. */
  readonly statement: (where: string) => string;
}

const PASSING = ['Deadlock', 'LockWaitTimeout', 'RowChanged'];
const ROWS_WORTH_A_PART = 50_000;

/** Walks a table in parts, each by one worker; what is in the journal as done is not done again. Tells the rows of all. */
export async function walkParts(session: Session, table: PartedTable, context: RunContext): Promise<number> {
  const parts = await partsOf(session, table, context.workers);
  // One for all parts: their rows are alike, and each beginning costs chunks that are too small.
  const pace = createPace(context.clock, context.chunkRows);
  const open = parts.filter(({ isDone }) => !isDone);
  await Promise.all(
    open.map(async ({ part }) => await context.limit(async () => await walkPart(table, { part, pace }, context))),
  );
  const [sum] = await session.rows(`SELECT SUM(rows_done) AS n FROM ${work('parts')} WHERE number = ? AND step = ?`, [
    table.number,
    table.step,
  ]);
  return Number(sum?.['n'] ?? 0);
}

async function partsOf(
  session: Session,
  table: PartedTable,
  workers: number,
): Promise<{ part: number; isDone: boolean }[]> {
  const read = async () =>
    await session.rows(`SELECT part, is_done FROM ${work('parts')} WHERE number = ? AND step = ? ORDER BY part`, [
      table.number,
      table.step,
    ]);
  if ((await read()).length === 0) {
    const most = Math.max(1, Math.min(workers * 2, Math.floor(table.estimatedRows / ROWS_WORTH_A_PART)));
    const ranges = splitRange(await boundsOf(session, { table: table.source, key: table.key }), workers > 1 ? most : 1);
    // One statement, so that there are all of them or none.
    const rows = ranges.map(({ after, upTo }, part) => [
      table.number,
      table.step,
      part,
      storeKey(after),
      storeKey(upTo),
    ]);
    await session.change(
      `INSERT INTO ${work('parts')} VALUES ${rows.map(() => '(?, ?, ?, ?, ?, 0, FALSE)').join(', ')}`,
      rows.flat(),
    );
  }
  return (await read()).map((row) => ({ part: Number(row['part']), isDone: Number(row['is_done']) === 1 }));
}

/** Equal parts of the numbers between the bounds; one part where there are none. */
export function splitRange(range: KeyRange, most: number): readonly KeyRange[] {
  if (!range.after || !range.upTo) {
    return [range];
  }
  const [low, high] = [BigInt(String(range.after[0])), BigInt(String(range.upTo[0]))];
  const count = BigInt(Math.max(1, Math.min(most, Number(high - low))));
  const at = (n: bigint) => [String(low + ((high - low) * n) / count)];
  return Array.from({ length: Number(count) }, (_, n) => ({ after: at(BigInt(n)), upTo: at(BigInt(n) + 1n) }));
}

async function walkPart(table: PartedTable, of: { part: number; pace: Pace }, context: RunContext): Promise<void> {
  const { clock, signal, progress } = context;
  await retryPassing(
    async () => await withMaskingSession(context, async (session) => await goOn(session, { table, ...of }, context)),
    { clock, signal, progress: progress.steps, reasons: PASSING },
  );
}

/**
 * From the last chunk that was committed. The entry is read under a lock: should the session of a run that was killed
 * still be about to commit, this waits until it has.
 */
async function goOn(
  session: Session,
  { table, part, pace }: { table: PartedTable; part: number; pace: Pace },
  { signal, progress }: RunContext,
): Promise<void> {
  const where = `number = ${table.number} AND step = '${table.step}' AND part = ${part}`;
  const [entry] = await session.rows(`SELECT * FROM ${work('parts')} WHERE ${where} FOR UPDATE`);
  if (!entry || Number(entry['is_done']) === 1) {
    return;
  }
  const bounds = { after: readKey(entry['after_key']), upTo: readKey(entry['up_to_key']) };
  await walkChunks(
    session,
    { table: table.source, key: table.key, ...bounds },
    {
      pace,
      signal,
      async each(chunk) {
        await session.change('START TRANSACTION');
        const rows = await session.change(table.statement(chunk.where));
        await session.change(
          `UPDATE ${work('parts')} SET after_key = ?, rows_done = rows_done + ?, is_done = ? WHERE ${where}`,
          [storeKey(chunk.range.upTo), rows, Number(chunk.isLast)],
        );
        await session.change('COMMIT');
        progress.add(table.name, rows);
        return rows;
      },
    },
  );
}
