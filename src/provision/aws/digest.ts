import { digestOf as wholeDigestOf } from '../../reconcile/graph/digest.ts';

/** Equal for equal JSON values in whatever order their members stand; `length` hexadecimal digits, legal as any token. */
export function digestOf(value: unknown, length = 32): string {
  return wholeDigestOf(value).slice(0, length);
}
