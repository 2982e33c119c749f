import type { NormalizedSchema } from '@smithy/core/schema';
import type { Decoded } from './codecs.ts';
import type { RestMatch } from './rest.ts';
import { decodeScalar } from './scalar.ts';

export interface RestRequest {
  readonly match: RestMatch;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Reads a document of the body's language. */
  read(schema: NormalizedSchema, body: Buffer): Promise<Decoded>;
}

/**
 * Members bound to labels, query and headers, then the rest from the body: either one member that is the whole of it,
 * or a document of all that stand nowhere else. https://smithy.io/2.0/spec/http-bindings.html
 */
export async function decodeRest(request: RestRequest): Promise<Decoded> {
  const { match, body, read } = request;
  const { input } = match.operation;
  if (input.isUnitSchema()) {
    return {};
  }
  const bound: Decoded = {};
  let payload: readonly [string, NormalizedSchema] | undefined;
  for (const [member, schema] of input.structIterator()) {
    if (schema.getMergedTraits().httpPayload) {
      payload = [member, schema];
    }
    const value = boundValue(member, schema, request);
    if (value !== undefined) {
      bound[member] = value;
    }
  }
  if (body.length === 0) {
    return bound;
  }
  return payload
    ? { ...bound, [payload[0]]: await payloadIn(payload[1], body, read) }
    : { ...(await read(input, body)), ...bound };
}

async function payloadIn(schema: NormalizedSchema, body: Buffer, read: RestRequest['read']): Promise<unknown> {
  if (schema.isBlobSchema()) {
    return body;
  }
  return schema.isStringSchema() ? body.toString() : await read(schema, body);
}

function boundValue(member: string, schema: NormalizedSchema, request: RestRequest): unknown {
  const { httpPrefixHeaders } = schema.getMergedTraits();
  if (httpPrefixHeaders !== undefined) {
    return prefixedHeaders(httpPrefixHeaders, request.headers);
  }
  const texts = boundTexts(member, schema, request);
  if (texts === undefined) {
    return undefined;
  }
  return schema.isListSchema()
    ? texts.map((text) => decodeScalar(schema.getValueSchema(), text))
    : decodeScalar(schema, texts[0] ?? '');
}

/** What the request says of one member in its path, query or headers; undefined where it says nothing. */
function boundTexts(
  member: string,
  schema: NormalizedSchema,
  { match, headers }: RestRequest,
): readonly string[] | undefined {
  const { httpLabel, httpQuery, httpHeader } = schema.getMergedTraits();
  if (httpLabel) {
    return match.labels[member] === undefined ? undefined : [match.labels[member]];
  }
  if (httpQuery) {
    return match.query.has(httpQuery) ? match.query.getAll(httpQuery) : undefined;
  }
  const header = httpHeader ? headers[httpHeader.toLowerCase()] : undefined;
  if (header === undefined) {
    return undefined;
  }
  return schema.isListSchema() ? [header].flat().flatMap((text) => text.split(/\s*,\s*/)) : [header].flat();
}

function prefixedHeaders(prefix: string, headers: RestRequest['headers']): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix.toLowerCase()));
  return found.length > 0
    ? Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), String(value)]))
    : undefined;
}
