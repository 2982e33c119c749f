import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, objectAt, textAt } from '../json.ts';

export interface Operation {
  /** GitHub's own name of the operation, such as `issues/create-comment`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly definition: JsonObject;
}

export interface MatchedOperation {
  readonly operation: Operation;
  /** Path parameters, decoded. */
  readonly params: { readonly [name: string]: string };
}

export interface Description {
  readonly document: JsonObject;
  /** The operation a request is for; the path is without `/api/v3` and without query. */
  match(method: string, path: string): MatchedOperation | undefined;
  /** Follows one `$ref`, if the node is one. */
  resolve(node: unknown): JsonObject;
}

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly literals: number;
}

/** Parameters whose value may hold slashes. */
const multiSegment = new Set(['path', 'ref', 'basehead', 'name', 'branch', 'environment_name']);

function routeOf(operation: Operation): Route {
  const names: string[] = [];
  const source = operation.path.replaceAll(/\{([^}]+)\}|[.*+?^$()|[\]\\]/g, (token, name: string | undefined) => {
    if (name === undefined) {
      return `\\${token}`;
    }
    names.push(name);
    return multiSegment.has(name) ? '(.+)' : '([^/]+)';
  });
  const literals = operation.path.split('/').filter((segment) => segment && !segment.startsWith('{')).length;
  return { operation, pattern: new RegExp(`^${source}$`), names, literals };
}

function operationsOf(document: JsonObject): Operation[] {
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    Object.entries(isJsonObject(item) ? item : {}).flatMap(([method, definition]) => {
      const id = isJsonObject(definition) ? textAt(definition, 'operationId') : undefined;
      return id && isJsonObject(definition) ? [{ id, method: method.toUpperCase(), path, definition }] : [];
    }),
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function createDescription(document: JsonObject): Description {
  // More literal segments first, so that `commits/{ref}` never swallows `commits/{ref}/check-runs`.
  const routes = operationsOf(document)
    .map(routeOf)
    .toSorted((a, b) => b.literals - a.literals);
  return {
    document,
    match(method, path) {
      for (const { operation, pattern, names } of routes) {
        const found = operation.method === method ? pattern.exec(path) : null;
        if (found) {
          const params = Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]));
          return { operation, params };
        }
      }
      return undefined;
    },
    resolve(node) {
      const ref = isJsonObject(node) ? textAt(node, '$ref') : undefined;
      const target = ref
        ? ref
            .slice(2)
            .split('/')
            .reduce<unknown>((parent, key) => (isJsonObject(parent) ? parent[key] : undefined), document)
        : node;
      return isJsonObject(target) ? target : {};
    },
  };
}

/** Reads the extract of GitHub's description that is committed beside this file. */
export function readDescription(): Description {
  const text = readFileSync(new URL('./operations.json', import.meta.url), 'utf8');
  const document: unknown = JSON.parse(text);
  return createDescription(isJsonObject(document) ? document : {});
}
