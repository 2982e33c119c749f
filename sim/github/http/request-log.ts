/** One request as it was answered, for tests, benches and failure messages. */
export interface LoggedRequest {
  readonly at: Date;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** GitHub's id of the operation; undefined when the path names none. */
  readonly operation: string | undefined;
  /** Login, `app`, or `anonymous`. */
  readonly caller: string;
  readonly status: number;
  readonly body: unknown;
  readonly milliseconds: number;
}
