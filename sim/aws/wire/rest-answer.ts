import type { NormalizedSchema } from '@smithy/core/schema';
import type { Decoded } from './codecs.ts';
import type { Operation } from './operations.ts';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Empty when the operation answers with headers alone. */
  readonly body: string | Uint8Array;
}

/** The members that headers and the status carry, and what is left as the body. `write` makes a document of it. */
export function encodeRest(
  operation: Operation,
  output: Decoded,
  write: (schema: NormalizedSchema, value: Decoded) => string,
): RestAnswer {
  const headers: Record<string, string> = {};
  const schema = operation.output;
  let status = operation.http?.[2] ?? 200;
  if (schema.isUnitSchema()) {
    return { status, headers, body: '' };
  }
  let payload: readonly [string, NormalizedSchema] | undefined;
  const rest: [string, unknown][] = [];
  let hasDocument = false;
  for (const [member, memberSchema] of schema.structIterator()) {
    const traits = memberSchema.getMergedTraits();
    const value = output[member];
    if (traits.httpPayload) {
      payload = [member, memberSchema];
    } else if (traits.httpResponseCode) {
      status = Number(value ?? status);
    } else if (traits.httpHeader || traits.httpPrefixHeaders !== undefined) {
      Object.assign(headers, headersOf(memberSchema, value));
    } else {
      hasDocument = true;
      rest.push([member, value]);
    }
  }
  if (payload) {
    return { status, headers, body: payloadBody(payload[1], output[payload[0]], write) };
  }
  return { status, headers, body: hasDocument ? write(schema, Object.fromEntries(rest)) : '' };
}

function payloadBody(
  schema: NormalizedSchema,
  value: unknown,
  write: (schema: NormalizedSchema, value: Decoded) => string,
): string | Uint8Array {
  if (value === undefined) {
    return '';
  }
  return schema.isStructSchema() ? write(schema, value as Decoded) : (value as string | Uint8Array);
}

function headersOf(schema: NormalizedSchema, value: unknown): Record<string, string> {
  const { httpHeader, httpPrefixHeaders = '' } = schema.getMergedTraits();
  if (value === undefined || value === null) {
    return {};
  }
  if (httpHeader) {
    return { [httpHeader.toLowerCase()]: headerText(schema, value) };
  }
  return Object.fromEntries(
    Object.entries(value as Record<string, string>).map(([name, text]) => [`${httpPrefixHeaders}${name}`, text]),
  );
}

const DATE_TIME = 5;

/** A date is an HTTP date in a header, unless its shape says otherwise. */
function headerText(schema: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) {
    return schema.getSchema() === DATE_TIME ? value.toISOString() : value.toUTCString();
  }
  return Array.isArray(value) ? value.join(',') : String(value as string | number | boolean);
}
