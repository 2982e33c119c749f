import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64 } from '@smithy/core/serde';

/** A scalar as it stands in a form field, a URI label, a query string or a header. Throws for what is none of its kind. */
export function decodeScalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isNumericSchema()) {
    return numberIn(text);
  }
  if (schema.isBooleanSchema()) {
    return booleanIn(text);
  }
  if (schema.isTimestampSchema()) {
    return instantIn(text);
  }
  return schema.isBlobSchema() ? fromBase64(text) : text;
}

function numberIn(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(number)) {
    throw new TypeError(`'${text}' is not a number`);
  }
  return number;
}

function booleanIn(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') {
    throw new TypeError(`'${text}' is neither true nor false`);
  }
  return lower === 'true';
}

function instantIn(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) {
    throw new TypeError(`'${text}' is not a time`);
  }
  return instant;
}
