import { createHash } from 'node:crypto';

/** The first `length` hexadecimal digits of a text's SHA-256: the same text, the same digest, on every machine. */
export function shortDigest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * Equal for equal JSON values, in whatever order their members stand. Half of a SHA-256 unless told otherwise: legal as
 * any token or tag of AWS.
 */
export function digestOf(value: unknown, length = 32): string {
  return shortDigest(canonical(value), length);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, held]) => held !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
