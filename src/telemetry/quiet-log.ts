import type { Logger } from 'pino';
import { TerminalError, TransientError } from '../domain/failure.ts';
import { maskCredentials } from './redaction.ts';

/** What is logged of an error. */
export interface LoggedError {
  readonly type: string;
  /** Missing of what is only the cause of an error that an adapter classified. */
  readonly message?: string;
  /** A system's or a service's own word for it: `ECONNREFUSED`, `42P01`. */
  readonly code?: string;
  readonly reason?: string;
  readonly status?: number;
  readonly delivery?: string;
  readonly event?: string;
  /** Where it was made, without the message that Node puts in front. */
  readonly stack?: string;
  readonly causes?: readonly LoggedError[];
}

const MAX_LENGTH = 2000;

/**
 * Probot hangs the whole event on an error, signature and payload included, and Octokit the request: with pino's own
 * serializer one forged request leaves 89 KB of log (measured with Probot 14.3). Only what is named here is kept.
 *
 * The text of a `TransientError` or `TerminalError` is the adapter's, which has told of the service's words what may be
 * told; the causes of such an error are named without their texts, which may quote the request.
 */
export function quietError(error: unknown): LoggedError {
  return quiet(error, { words: true });
}

function quiet(error: unknown, { words }: { words: boolean }): LoggedError {
  if (!isError(error)) {
    return { type: typeof error, ...(words ? { message: 'something was thrown that is no error' } : {}) };
  }
  const causes = [...(error instanceof AggregateError ? (error.errors as unknown[]) : []), error.cause].filter(Boolean);
  const classified = error instanceof TransientError || error instanceof TerminalError;
  return {
    type: error.name,
    ...(words ? { message: wordsOf(error) } : {}),
    ...factsOf(error),
    ...(classified ? { reason: error.reason } : {}),
    ...eventOf(error.event),
    ...(causes.length === 0
      ? stackOf(error)
      : { causes: causes.map((each) => quiet(each, { words: words && !classified })) }),
  };
}

interface AnyError extends Error {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly event?: unknown;
}

/** Told by shape as well: an error of Node's own need not be of this realm's `Error`. */
function isError(error: unknown): error is AnyError {
  return (
    error instanceof Error ||
    (typeof error === 'object' &&
      error !== null &&
      'message' in error &&
      typeof error.message === 'string' &&
      'name' in error &&
      typeof error.name === 'string')
  );
}

function eventOf(event: unknown): { delivery?: string; event?: string } {
  if (typeof event !== 'object' || event === null) {
    return {};
  }
  return {
    ...('id' in event && typeof event.id === 'string' ? { delivery: event.id } : {}),
    ...('name' in event && typeof event.name === 'string' ? { event: event.name } : {}),
  };
}

/** Words of a machine's, and no more of them than an identifier has. */
function factsOf({ status, code }: AnyError): { status?: number; code?: string } {
  return {
    ...(typeof code === 'string' && /^\w{1,40}$/.test(code) ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  };
}

function stackOf({ stack, message }: AnyError): { stack?: string } {
  if (typeof stack !== 'string') {
    return {};
  }
  const lines = stack.slice(stack.indexOf(message) + message.length).split('\n');
  return { stack: shown(lines.filter((line) => /^ +at /.test(line)).join('\n')) };
}

/** A parser's quotes what it could not read, which may be all of a secret. */
function wordsOf({ name, message }: AnyError): string {
  return name === 'SyntaxError' ? 'a text could not be parsed' : shown(message);
}

/** Cut last: half a credential looks like none. */
function shown(text: string): string {
  return maskCredentials(text).slice(0, MAX_LENGTH);
}

/** The same logger, its errors reduced by `quietError`, whichever of its children logs them. */
export function quietLogger(log: Logger): Logger {
  return log.child({}, { serializers: { err: quietError } });
}
