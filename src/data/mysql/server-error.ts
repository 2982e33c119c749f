import { TerminalError, TransientError } from '../../domain/failure.ts';

interface Meaning {
  readonly reason: string;
  readonly says: string;
  /** What of the server's own text may be told, in groups: names, never a value. */
  readonly names?: RegExp;
}

const FULL = { reason: 'DiskFull', says: 'the server has no room left: give it more storage, then run the same again' };
const DENIED = { reason: 'AccessDenied', says: 'the server refuses this user: check its password and its grants' };
const LACKING = {
  reason: 'AccessDenied',
  says: 'the server refuses this user for lack of a privilege: look at its grants',
};
const TOO_MANY = { reason: 'TooManyConnections', says: 'the server takes no more connections at the moment' };
const UNKNOWN_HOST = { reason: 'UnknownHost', says: 'no such host: check the name of the server' };
const STOPPING = { reason: 'ServerStopping', says: 'the server is shutting down' };
const LOST = { reason: 'ConnectionLost', says: 'the connection to the server is lost' };
const STOPPED = { reason: 'StatementStopped', says: 'somebody stopped the statement at the server' };
const COLUMN_AT_ROW = /for column (.+) at row \d+$/s;

/** What passes by itself. MySQL's Server Error Reference and MariaDB's Error Codes; the names are mysql2's and Node's. */
const TRANSIENT: Readonly<Record<string | number, Meaning>> = {
  1040: TOO_MANY,
  1203: TOO_MANY,
  1226: TOO_MANY,
  1053: STOPPING,
  1077: STOPPING,
  1079: STOPPING,
  1205: { reason: 'LockWaitTimeout', says: 'another session held a lock for too long' },
  1213: { reason: 'Deadlock', says: 'another session wanted the same rows in another order' },
  1020: { reason: 'RowChanged', says: 'another session changed the rows meanwhile' },
  1317: STOPPED,
  1927: LOST,
  2006: LOST,
  2013: LOST,
  3024: STOPPED,
  PROTOCOL_CONNECTION_LOST: LOST,
  ECONNRESET: LOST,
  ECONNREFUSED: LOST,
  EHOSTDOWN: LOST,
  EHOSTUNREACH: LOST,
  ENETDOWN: LOST,
  ENETUNREACH: LOST,
  EPIPE: LOST,
  ETIMEDOUT: LOST,
  EAI_AGAIN: LOST,
  ENOENT: LOST,
};

/** What somebody has to do something about. */
const TERMINAL: Readonly<Record<string | number, Meaning>> = {
  28: FULL,
  1021: FULL,
  1114: FULL,
  3675: FULL,
  ENOSPC: FULL,
  1044: { ...LACKING, names: /^Access denied .* to (database '.+')$/s },
  1045: DENIED,
  1142: { ...LACKING, names: /^(.+) command denied to .* for table (.+)$/s },
  1143: { ...LACKING, names: /^(.+) command denied to .* for column (.+)$/s },
  1227: { ...LACKING, names: /\(at least one of\) the (.+) privilege/s },
  1370: { ...LACKING, names: /^(.+) command denied to .* for routine (.+)$/s },
  1698: DENIED,
  1419: {
    reason: 'BinaryLog',
    says: 'with its binary log on, the server lets only SUPER make triggers: set log_bin_trust_function_creators',
  },
  1049: { reason: 'UnknownDatabase', says: 'there is no such database on this server' },
  1054: { reason: 'UnknownColumn', says: 'there is no such column', names: /^Unknown column '(.+)' in /s },
  1064: { reason: 'SqlSyntax', says: 'the server cannot read the statement: look at the conditions of the rule set' },
  1146: { reason: 'UnknownTable', says: 'there is no such table', names: /^Table '(.+)' doesn't exist/s },
  1062: {
    reason: 'DuplicateValue',
    says: 'two rows came to the same value in a unique key',
    names: /^.*for key '([^']+)'$/s,
  },
  1048: { reason: 'NullValue', says: 'the column takes no NULL', names: /^Column '(.+)' cannot be null$/s },
  1264: { reason: 'OutOfRange', says: 'the column takes no such number', names: COLUMN_AT_ROW },
  1265: { reason: 'ValueCut', says: 'the column would cut the value off', names: COLUMN_AT_ROW },
  1292: { reason: 'WrongValue', says: 'the column takes no such value', names: COLUMN_AT_ROW },
  1366: { reason: 'WrongValue', says: 'the column takes no such value', names: COLUMN_AT_ROW },
  1406: { reason: 'ValueTooLong', says: 'the value is longer than the column', names: COLUMN_AT_ROW },
  3819: { reason: 'CheckViolated', says: "the value breaks the table's check", names: /^Check constraint '(.+)' is/s },
  4025: { reason: 'CheckViolated', says: "the value breaks the table's check", names: /^CONSTRAINT `(.+)` failed/s },
  1526: { reason: 'NoPartition', says: 'no partition of the table takes the value' },
  1050: { reason: 'TableExists', says: 'there is such a table already', names: /^Table '(.+)' already exists/s },
  1153: { reason: 'PacketTooLarge', says: 'a value is larger than max_allowed_packet: raise that' },
  1290: { reason: 'ReadOnly', says: 'the server is read-only: use the address of the writer' },
  1792: { reason: 'ReadOnly', says: 'the server is read-only: use the address of the writer' },
  1836: { reason: 'ReadOnly', says: 'the server is read-only: use the address of the writer' },
  HANDSHAKE_NO_SSL_SUPPORT: { reason: 'NoTls', says: 'the server speaks no TLS, and has to' },
  ENOTFOUND: UNKNOWN_HOST,
};

/**
 * An error of the driver as one of ours. The driver's own is not its cause: its text may hold statements with values in
 * them. What is ours already stays as it is.
 */
export function serverError(error: unknown): Error {
  if (error instanceof TerminalError || error instanceof TransientError) {
    return error;
  }
  const { errno, code, sqlMessage } = error as Partial<Omit<Answer, 'says'>>;
  if (typeof code !== 'string' && errno === undefined) {
    return isClosed(error as Error) ? new TransientError(LOST.reason, LOST.says) : (error as Error);
  }
  return classified({ errno, code, sqlMessage, says: (error as Error).message });
}

/** Where a server was looked for: `10.0.0.1:3306`, or a socket. */
export interface Place {
  readonly host: string;
  readonly at: string;
}

/** The same of a connection that could not be made: the address that is wrong, or where nothing is up, is named. */
export function connectionError(error: unknown, { host, at }: Place): Error {
  const known = serverError(error);
  if (known instanceof TransientError && known.reason === LOST.reason) {
    return new TransientError(known.reason, `no server answers at ${at}`);
  }
  return known instanceof TerminalError && known.reason === UNKNOWN_HOST.reason
    ? new TerminalError(known.reason, `${known.message} (${host})`, { actor: 'operator' })
    : known;
}

interface Answer {
  readonly errno: number | undefined;
  readonly code: string | undefined;
  readonly sqlMessage: string | undefined;
  /** The driver's own text, of which nothing is told. */
  readonly says: string;
}

function classified({ errno, code, sqlMessage, says }: Answer): Error {
  const meaning = (table: Readonly<Record<string | number, Meaning>>) => table[errno ?? ''] ?? table[code ?? ''];
  const passing = meaning(TRANSIENT) ?? brokenOff(code, says);
  if (passing) {
    return new TransientError(passing.reason, passing.says);
  }
  const found = meaning(TERMINAL) ?? untrusted(code) ?? tableFull(errno, sqlMessage) ?? unknown(code, errno);
  const name = found.names
    ?.exec(sqlMessage ?? '')
    ?.slice(1)
    .join(' on ');
  return new TerminalError(found.reason, name === undefined ? found.says : `${found.says} (${name})`, {
    actor: 'operator',
  });
}

/** The driver gives one code to all that ends a beginning of TLS; of a certificate OpenSSL's and Node's texts say so. */
function brokenOff(code: string | undefined, says: string): Meaning | undefined {
  return code === 'HANDSHAKE_SSL_ERROR' && !/certificate|altnames|self.signed/i.test(says) ? LOST : undefined;
}

function untrusted(code: string | undefined): Meaning | undefined {
  return code === 'HANDSHAKE_SSL_ERROR'
    ? {
        reason: 'Untrusted',
        says: 'the server has no certificate of its name that those given sign: check its address and the certificates',
      }
    : undefined;
}

/** A connection that was closed under a statement has an error without any code. */
function isClosed(error: Error): boolean {
  return error.message.includes('closed state') || error.message.includes('Pool is closed');
}

/** 3 (error writing file) and 1030 (got error n from storage engine) say what is wrong in their text only. */
function tableFull(errno: number | undefined, text = ''): Meaning | undefined {
  const isWriting = errno === 3 || errno === 1026 || errno === 1030 || errno === 1005;
  return isWriting && /errno: 28|error 28|error 135|No space left|Errcode: 28/i.test(text) ? FULL : undefined;
}

function unknown(code: string | undefined, errno: number | undefined): Meaning {
  return { reason: 'ServerError', says: `the server answered ${code ?? 'an error'} (${errno ?? 'no number'})` };
}
