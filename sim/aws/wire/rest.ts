import type { NormalizedSchema } from '@smithy/core/schema';
import { type Operation, requiredCount } from './operations.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request as far as it decides which operation it is for. */
export interface RestTarget {
  readonly method: string;
  /** As it was sent: still encoded, so that a slash within a label stays one. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Labels that are already known and not part of `path`: a bucket. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface RestMatch {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export function targetOf(method: string, url: string, headers: Headers): RestTarget {
  const [path = '', query = ''] = splitOnce(url, '?');
  return { method, path, query: new URLSearchParams(query), headers };
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

type Scored = RestMatch & { readonly score: number };

/**
 * Finds the operation that fits best. Literal query members of its URI template count most; then the members that the
 * operation needs in the query or in headers, by which S3 tells PutObject, CopyObject and UploadPart apart.
 */
export function matchRest(operations: Iterable<Operation>, target: RestTarget): RestMatch | undefined {
  let best: Scored | undefined;
  for (const operation of operations) {
    const found = operation.http?.[0] === target.method ? fit(operation, operation.http[1], target) : undefined;
    if (found && (!best || found.score > best.score)) {
      best = found;
    }
  }
  return best;
}

const LITERAL_SCORE = 100;
const LABEL_COST = 10;

function fit(operation: Operation, uri: string, target: RestTarget): Scored | undefined {
  const { query } = target;
  const [path = '', literalQuery] = uri.split('?');
  const found = labelsIn(path, target.path);
  // `x-id` only names the operation for logs; the CLI does not send it.
  const literals = [...new URLSearchParams(literalQuery)].filter(([key]) => key !== 'x-id');
  const queryFits = literals.every(([key, value]) => query.has(key) && (value === '' || query.get(key) === value));
  if (!found || !queryFits) {
    return undefined;
  }
  const labels = { ...target.labels, ...found };
  const score =
    literals.length * LITERAL_SCORE -
    Object.keys(found).length * LABEL_COST +
    neededElsewhere(operation.input, { ...target, labels });
  return { operation, labels, query, score };
}

function labelsIn(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template
    .replace(/\/$/, '')
    .replace(/\{(\w+)(\+)?\}/g, (_, name: string, greedy: string | undefined) => {
      names.push(name);
      return greedy ? '(.+)' : '([^/]+)';
    });
  const match = new RegExp(`^${pattern}/?$`).exec(path);
  return match
    ? Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]))
    : undefined;
}

/** One for each required member outside the body that the request has, less one for each that it lacks. */
function neededElsewhere(input: NormalizedSchema, { query, headers, labels = {} }: RestTarget): number {
  const required = input.isStructSchema() ? [...input.structIterator()].slice(0, requiredCount(input)) : [];
  return required
    .map(([member, schema]) => {
      const { httpLabel, httpQuery, httpHeader } = schema.getMergedTraits();
      if (httpQuery) {
        return query.has(httpQuery) ? 1 : -1;
      }
      if (httpHeader) {
        return headers[httpHeader.toLowerCase()] === undefined ? -1 : 1;
      }
      if (httpLabel) {
        return member in labels ? 1 : -1;
      }
      return 0;
    })
    .reduce<number>((sum, one) => sum + one, 0);
}
