import type { DatabaseSchema } from '../../domain/database-schema.ts';
import type { HistoryRow, MigrationTool } from '../../domain/migrations/tool.ts';

/** Sessions of one user from one host. Both are data, never markup. */
export interface ConnectedUser {
  readonly user: string;
  readonly host: string;
  readonly sessions: number;
}

/** How to reach a database server. */
export interface DatabasePlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** One database of a server, and the table in which a tool writes down what it ran there. */
export interface SchemaRequest {
  readonly database: string;
  readonly table: string;
  readonly tool: Pick<MigrationTool, 'columns' | 'orderBy'>;
}

export interface SeenSchema {
  readonly schema: DatabaseSchema;
  /** Of the tool's table, in their order; null where there is none, or it lacks the tool's columns. */
  readonly rows: readonly HistoryRow[] | null;
}

/** Asks a database server itself. */
export interface DatabaseLook {
  /**
   * Who is connected, the most sessions first, without the one that asks and without the server's own. It answers or throws
   * within half a minute. Connecting wakes a server that is paused.
   */
  connections(place: DatabasePlace): Promise<readonly ConnectedUser[]>;
  /** The shape of a database and what was migrated in it, none of its data. It answers or throws within three seconds. */
  schema(place: DatabasePlace, request: SchemaRequest): Promise<SeenSchema>;
}
