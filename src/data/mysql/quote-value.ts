import type { SqlValue } from './session.ts';

/**
 * A value as a literal. Hexadecimal, so that it needs no escape in any `sql_mode`, holds no question mark that a driver
 * would fill in, and cannot be read at a glance in the process list. Numbers come as they are.
 */
export function quoteValue(value: SqlValue): string {
  if (value === null) {
    return 'NULL';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const bytes = `X'${Buffer.from(value as string).toString('hex')}'`;
  return typeof value === 'string' ? `_utf8mb4 ${bytes}` : bytes;
}
