/** A value as the server gives it: dates and decimals as text, integers beyond 2^53 too, binary as bytes. */
export type SqlValue = string | number | null | Buffer;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * One connection, with its variables and its transaction. Errors of the server are thrown classified: `TransientError`
 * for a lost connection, a deadlock or a lock that was waited for too long, `TerminalError` for all else.
 */
export interface Session {
  /** By the text protocol; what is in `values` is escaped into it, and so can be read in the process list. */
  rows(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** The same for a statement without rows: how many it changed. */
  change(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /**
   * Sets a variable of the session by the binary protocol, out of sight of the logs: its value stands in none of them, and
   * in no process list. Refused where the general log is on and the user may not leave it.
   */
  remember(variable: string, value: string | Buffer): Promise<void>;
}

/** A database of a server, and connections to it. */
export interface Database {
  readonly name: string;
  /** Gives a session for as long as `work` takes. It is thrown away when the work fails. */
  withSession<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
