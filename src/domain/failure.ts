/** Who has to act before it can go on. `nobody`: time or a retry will do. */
export type Actor = 'author' | 'operator' | 'nobody';

/**
 * Something that will not come right by waiting. Retrying does not help until `actor` has changed something; the
 * environment stays as it is, and says so. Everything else that is thrown is tried again with growing pauses.
 */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  /** One word, for machines: `MigrationFailed`. */
  readonly reason: string;
  readonly actor: Actor;
  /** Further lines for the pull request, such as a task's last log lines; data, never markup. */
  readonly details: readonly string[];

  constructor(
    reason: string,
    message: string,
    options: { actor: Exclude<Actor, 'nobody'>; details?: readonly string[]; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.reason = reason;
    this.actor = options.actor;
    this.details = options.details ?? [];
  }
}

/** Worth trying again after a pause: throttling, a server error, a lost connection, a state that passes by itself. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  readonly reason: string;
  /** What the service asked for, when it did. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: string, message: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.reason = reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
