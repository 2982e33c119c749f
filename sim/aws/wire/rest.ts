import type { NormalizedSchema } from '@smithy/core/schema';
import { type Decoded, readXml, writeRestXml } from './codecs.ts';
import type { Operation } from './operations.ts';
import { decodeScalar } from './scalar.ts';

export interface RestMatch {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Finds the operation whose URI template fits best: literal query members count more than labels. */
export function matchRest(operations: Iterable<Operation>, method: string, url: URL): RestMatch | undefined {
  let best: (RestMatch & { score: number }) | undefined;
  for (const operation of operations) {
    const found = operation.http?.[0] === method ? fit(operation, operation.http[1], url) : undefined;
    if (found && (!best || found.score > best.score)) {
      best = found;
    }
  }
  return best;
}

function fit(operation: Operation, uri: string, url: URL): (RestMatch & { score: number }) | undefined {
  const [path = '', literalQuery] = uri.split('?');
  const names: string[] = [];
  const pattern = path.replace(/\/$/, '').replace(/\{(\w+)(\+)?\}/g, (_, name: string, greedy: string | undefined) => {
    names.push(name);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const match = new RegExp(`^${pattern}/?$`).exec(url.pathname);
  // `x-id` only names the operation for logs; the CLI does not send it.
  const literals = [...new URLSearchParams(literalQuery)].filter(([key]) => key !== 'x-id');
  const queryFits = literals.every(
    ([key, value]) => url.searchParams.has(key) && (value === '' || url.searchParams.get(key) === value),
  );
  if (!match || !queryFits) {
    return undefined;
  }
  const labels = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]));
  return { operation, labels, query: url.searchParams, score: literals.length * 10 - names.length };
}

export interface RestRequest {
  readonly match: RestMatch;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Members bound to labels, query and headers, then the rest from the body. */
export async function decodeRest({ match, headers, body }: RestRequest): Promise<Decoded> {
  const bound: Decoded = {};
  for (const [member, schema] of match.operation.input.structIterator()) {
    const texts = boundTexts(member, schema, { match, headers });
    if (texts !== undefined) {
      bound[member] = schema.isListSchema() ? texts : decodeScalar(schema, texts[0] ?? '');
    }
  }
  return body.length > 0 ? { ...(await readXml(match.operation.input, body)), ...bound } : bound;
}

/** What the request says of one member in its path, query or headers; undefined where it says nothing. */
function boundTexts(
  member: string,
  schema: NormalizedSchema,
  { match, headers }: Omit<RestRequest, 'body'>,
): readonly string[] | undefined {
  const { httpLabel, httpQuery, httpHeader } = schema.getMergedTraits();
  if (httpLabel) {
    return [match.labels[member] ?? ''];
  }
  if (httpQuery) {
    return match.query.has(httpQuery) ? match.query.getAll(httpQuery) : undefined;
  }
  const header = httpHeader ? headers[httpHeader.toLowerCase()] : undefined;
  return header === undefined ? undefined : [header].flat();
}

export function encodeRest(operation: Operation, output: Decoded): { headers: Record<string, string>; body: string } {
  const headers: Record<string, string> = {};
  if (operation.output.isUnitSchema()) {
    return { headers, body: '' };
  }
  for (const [member, schema] of operation.output.structIterator()) {
    const { httpHeader } = schema.getMergedTraits();
    const value = output[member];
    if (httpHeader && value !== undefined) {
      headers[httpHeader.toLowerCase()] = value instanceof Date ? value.toUTCString() : `${value as string | number}`;
    }
  }
  return { headers, body: `<?xml version="1.0" encoding="UTF-8"?>\n${writeRestXml(operation.output, output)}` };
}
