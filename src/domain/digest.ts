import { createHash } from 'node:crypto';

/** The first `length` hexadecimal digits of a text's SHA-256: the same text, the same digest, on every machine. */
export function shortDigest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
