import type { DatabasePlace } from './database-look.ts';

/** A user who may do everything in one schema, and nothing outside of it. */
export interface SchemaUser {
  /** At most 32 letters, digits and underscores. */
  readonly name: string;
  readonly password: string;
  /** The schema. It need not be there yet: the user may make it. */
  readonly database: string;
}

/** Reasons of a `TransientError` whose server nothing was heard of. */
export const UNREACHED: readonly string[] = ['ConnectionLost', 'NoAnswer', 'UnknownHost'];

/** Makes users in a database server. */
export interface DatabaseUsers {
  /**
   * Makes the user anew, with this password, from wherever it connects: whatever a user of that name had before is lost.
   * `place` names somebody who may make users and has what is granted. May be called again after it died anywhere; between
   * two statements there may be no such user.
   *
   * Answers or throws within ten seconds. `TransientError` where the server could not be reached (`UNREACHED`) or is busy,
   * and `TerminalError` where it refuses; the message is a phrase about the server, and no password stands in either.
   * Connecting wakes a server that is paused, which may take longer than that.
   */
  give(place: DatabasePlace, user: SchemaUser): Promise<void>;
}
