import { createHash } from 'node:crypto';

/** Equal for equal JSON values in whatever order their members stand; `length` hexadecimal digits, legal as any token. */
export function digestOf(value: unknown, length = 32): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, length);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}
