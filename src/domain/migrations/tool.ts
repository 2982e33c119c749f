/** A row of a tool's own table, by column. */
export type HistoryRow = Readonly<Record<string, string | number | null>>;

/** What a database says that was run on it. */
export interface History {
  /** Ids, each once. */
  readonly ids: readonly string[];
  /** What is not newer than this id was there before the tool began; null where it began with nothing. */
  readonly floor: string | null;
}

/** How a tool calls its migrations, and where it writes down what it ran. Pure. */
export interface MigrationTool {
  /** Its table unless it is configured otherwise. */
  readonly table: string;
  /** The columns that are read of it, and those by which its rows are put in the order in which they were written. */
  readonly columns: readonly string[];
  readonly orderBy: readonly string[];
  /** The id of a migration in a file of this name; undefined where it is none. */
  idOf(fileName: string): string | undefined;
  /** Rows in their order. */
  historyOf(rows: readonly HistoryRow[]): History;
  /** Which of two ids is run first. */
  compare(a: string, b: string): number;
  /** An id as people know it. */
  called(id: string): string;
  /** What it needs to run one that is older than the newest that was run; undefined where it does so by itself. */
  readonly runsLateWith: string | undefined;
}

/** The migrations in the files with these paths, each once, in the order in which they are run. */
export function migrationsIn(tool: MigrationTool, paths: readonly string[]): string[] {
  const ids = paths.map((path) => tool.idOf(path.split('/').at(-1) ?? path)).filter((id) => id !== undefined);
  return [...new Set(ids)].toSorted((a, b) => tool.compare(a, b));
}
