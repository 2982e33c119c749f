/** A row of a tool's own table, by column. */
export type HistoryRow = Readonly<Record<string, string | number | null>>;

/** What a database says that was run on it. */
export interface History {
  /** Ids, each once, in the order in which they were written. */
  readonly ids: readonly string[];
  /** What is not newer than this id was there before the tool began; null where it began with nothing. */
  readonly floor: string | null;
}

/** Where a tool writes down what it ran, and how it calls it. Pure. */
interface AnyTool {
  /** As people know it. */
  readonly title: string;
  /** Its table unless it is configured otherwise. */
  readonly table: string;
  /** The columns that are read of it, and those by which its rows are put in the order in which they were written. */
  readonly columns: readonly string[];
  readonly orderBy: readonly string[];
  /** Rows in their order. */
  historyOf(rows: readonly HistoryRow[]): History;
  /** An id as people know it. */
  called(id: string): string;
}

/** A tool whose migrations are known by the names of their files, and run in the order of these. */
export interface FileNameTool extends AnyTool {
  readonly knownBy: 'file names';
  /** The id of a migration in a file of this name; undefined where it is none. */
  idOf(fileName: string): string | undefined;
  /** Which of two ids is run first. */
  compare(a: string, b: string): number;
  /** What it needs to run one that is older than the newest that was run; undefined where it does so by itself. */
  readonly runsLateWith: string | undefined;
}

/** A tool whose migrations are what a file lists, with the files that it includes, in their order. */
export interface ChangelogTool extends AnyTool {
  readonly knownBy: 'changelog';
}

export type MigrationTool = FileNameTool | ChangelogTool;

/** The migrations in the files with these paths, each once, in the order in which they are run. */
export function migrationsIn(tool: FileNameTool, paths: readonly string[]): string[] {
  const ids = paths.map((path) => tool.idOf(path.split('/').at(-1) ?? path)).filter((id) => id !== undefined);
  return [...new Set(ids)].toSorted((a, b) => tool.compare(a, b));
}
