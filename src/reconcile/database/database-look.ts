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

/** Asks a database server itself. */
export interface DatabaseLook {
  /**
   * Who is connected, the most sessions first, without the one that asks and without the server's own. It answers or throws
   * within half a minute. Connecting wakes a server that is paused.
   */
  connections(place: DatabasePlace): Promise<readonly ConnectedUser[]>;
}
