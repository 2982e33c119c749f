import { TerminalError, TransientError } from '../../domain/failure.ts';
import { FAILURE_TABLE, type FailureKind } from './failure-table.ts';

export interface AwsFailure {
  readonly kind: FailureKind;
  /** The wire code, or the exception's name: `DBInstanceNotFound`. */
  readonly code: string;
  readonly message: string;
}

/**
 * Names what an SDK error means. This file alone looks at error names, wire codes and statuses. Anything it does not
 * know is `unknown`, never an absence.
 */
export function classify(error: unknown): AwsFailure {
  const { names, status, message } = readError(error);
  const row = FAILURE_TABLE.find(
    ({ codes, message: text }) =>
      names.some((name) => codes.includes(name)) && (text === undefined || text.test(message)),
  );
  const code = names[0] ?? 'Unknown';
  return { kind: row?.kind ?? kindOfStatus(status), code, message };
}

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === 429) {
    return 'throttled';
  }
  return status !== undefined && status >= 500 ? 'unavailable' : 'unknown';
}

/** Read by its shape: errors of Node's own sockets need not be of this realm's `Error`, and the SDK then wraps them. */
function readError(error: unknown): { names: string[]; status: number | undefined; message: string } {
  if (typeof error !== 'object' || error === null) {
    return { names: [], status: undefined, message: String(error) };
  }
  const { Code, code, name, message, $metadata } = error as {
    readonly [member in 'Code' | 'code' | 'name' | 'message']?: unknown;
  } & { readonly $metadata?: { readonly httpStatusCode?: number } };
  const text = typeof message === 'string' ? message : '';
  const wrapped = /^AWS SDK error wrapper for (\w+)/.exec(text)?.[1];
  const names = [Code, code, name, wrapped].filter((one): one is string => typeof one === 'string' && one !== 'Error');
  return { names, status: $metadata?.httpStatusCode, message: text };
}

interface Asking<R> {
  /** Answers that are part of the work. Each gets the failure and answers in the call's stead, or throws. */
  readonly on?: Partial<Record<FailureKind, (failure: AwsFailure) => R | Promise<R>>>;
  /** The request holds a secret: nothing of the service's text, which may quote it, leaves this function. */
  readonly confidential?: boolean;
}

/**
 * One call to AWS. `doing` completes "while …" and names the thing: `creating the target group x`. Whatever the call
 * throws comes out of `on`, or as `TransientError` or `TerminalError`; nothing else leaves.
 */
export async function ask<T, R = never>(doing: string, send: () => Promise<T>, asking: Asking<R> = {}): Promise<T | R> {
  try {
    return await send();
  } catch (error) {
    const failure = classify(error);
    const handler = asking.on?.[failure.kind];
    if (handler) {
      return await handler(failure);
    }
    throw failureOf(doing, failure, asking.confidential === true ? undefined : error);
  }
}

interface Judgement {
  readonly reason: string;
  /** Undefined where a retry may heal it. */
  readonly actor?: 'operator';
  /** `said` is the code, with the service's words where they may be told. */
  readonly message: (doing: string, said: string) => string;
}

const NOT_READY: Judgement = {
  reason: 'NotReady',
  message: (doing, said) => `AWS was not ready while ${doing} (${said}).`,
};

/** What a failure is that no caller made part of its work. */
const JUDGEMENTS: Readonly<Record<FailureKind, Judgement>> = {
  quota: {
    reason: 'QuotaExceeded',
    actor: 'operator',
    message: (doing, said) => `AWS has no room left while ${doing} (${said}). Raise the quota or remove something.`,
  },
  denied: {
    reason: 'AccessDenied',
    actor: 'operator',
    message: (doing, said) => `AWS refused Mayfly while ${doing} (${said}). Its role needs that permission.`,
  },
  'platform-missing': {
    reason: 'PlatformIncomplete',
    actor: 'operator',
    message: (doing, said) => `Part of the platform is not there, found while ${doing} (${said}).`,
  },
  invalid: {
    reason: 'Rejected',
    actor: 'operator',
    message: (doing, said) => `AWS rejected the request while ${doing} (${said}).`,
  },
  throttled: { reason: 'Throttled', message: (doing) => `AWS asked for a slower pace while ${doing}.` },
  network: { reason: 'Unreachable', message: (doing) => `AWS did not answer while ${doing}.` },
  unavailable: { reason: 'Unavailable', message: (doing, said) => `AWS could not serve while ${doing} (${said}).` },
  unknown: {
    reason: 'Unexpected',
    message: (doing, said) => `AWS answered something unexpected while ${doing} (${said}).`,
  },
  'not-found': NOT_READY,
  'already-exists': NOT_READY,
  'priority-in-use': NOT_READY,
  'in-use': NOT_READY,
  'wrong-state': NOT_READY,
};

/** `cause` undefined keeps the service's text out of the message as well. */
function failureOf(doing: string, failure: AwsFailure, cause: unknown): TerminalError | TransientError {
  const { reason, actor, message } = JUDGEMENTS[failure.kind];
  const text = message(doing, whatItSaid(failure, cause !== undefined));
  const because = cause === undefined ? {} : { cause };
  return actor === undefined
    ? new TransientError(reason, text, because)
    : new TerminalError(reason, text, { actor, ...because });
}

function whatItSaid(failure: AwsFailure, mayTell: boolean): string {
  if (!mayTell) {
    return failure.code;
  }
  return failure.kind === 'denied'
    ? (deniedAction(failure) ?? failure.code)
    : `${failure.code}: ${plain(failure.message)}`;
}

/** What was not allowed, without the name of the role and the account that AWS puts around it. */
function deniedAction({ message }: AwsFailure): string | undefined {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  return action === undefined ? undefined : `not allowed to ${action}`;
}

/** Messages are shown and compared: request ids would make the same failure look new each time. */
function plain(message: string): string {
  return message
    .replace(/\s*Deserialization error:.*$/s, '')
    .replace(/\s*\(?Request ?ID: ?[\w-]+\)?/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}
