import { TerminalError } from '../../domain/failure.ts';
import { MIGRATION_TOOLS } from '../../domain/migrations/tools.ts';
import type { SourceShape } from '../../domain/source-shape.ts';
import type { Database } from '../mysql/session.ts';
import { historyIn, shapeOf } from './schema.ts';

/** Of JSON, which becomes a third more in a log. Some thousand columns are a third of a million; a log is read to eight megabytes. */
const MOST_CHARACTERS = 1_500_000;

/**
 * The shape of a database that was masked, and the rows of migrations in the tables that are called as known tools call
 * theirs: which tool a repository uses, only its blueprint says. Undefined where it is too large to be told of.
 */
export async function sourceShapeOf(database: Database, source: string): Promise<SourceShape | undefined> {
  try {
    const schema = await shapeOf(database);
    const histories: SourceShape['histories'][number][] = [];
    for (const tool of Object.values(MIGRATION_TOOLS)) {
      const { table } = tool;
      const isThere = schema.tables.some(({ name }) => name === table);
      const rows = isThere ? await historyIn(database, { database: database.name, table, tool }) : null;
      histories.push(...(rows === null ? [] : [{ table, rows }]));
    }
    const shape: SourceShape = { version: 1, source, database: database.name, schema, histories };
    return JSON.stringify(shape).length > MOST_CHARACTERS ? undefined : shape;
  } catch (error) {
    // Nothing hangs on it. A connection that was lost is tried again with all that stands here.
    if (error instanceof TerminalError) {
      return undefined;
    }
    throw error;
  }
}
