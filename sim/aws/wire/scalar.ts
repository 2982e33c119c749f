import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64 } from '@smithy/core/serde';

/** A scalar as it stands in a form field, a URI label, a query string or a header. */
export function decodeScalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isNumericSchema()) {
    return Number(text);
  }
  if (schema.isBooleanSchema()) {
    return text.toLowerCase() === 'true';
  }
  if (schema.isTimestampSchema()) {
    return new Date(text);
  }
  return schema.isBlobSchema() ? fromBase64(text) : text;
}
