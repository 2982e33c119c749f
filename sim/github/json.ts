export interface JsonObject {
  [key: string]: unknown;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under `key`, or an empty one. */
export function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}

export function textAt(parent: JsonObject, key: string): string | undefined {
  const value = parent[key];
  return typeof value === 'string' ? value : undefined;
}

export function booleanAt(parent: JsonObject, key: string): boolean | undefined {
  const value = parent[key];
  return typeof value === 'boolean' ? value : undefined;
}

export function listAt(parent: JsonObject, key: string): readonly unknown[] | undefined {
  const value = parent[key];
  return Array.isArray(value) ? value : undefined;
}

/** The instant under `key`; undefined when there is none or it is no date. */
export function dateAt(parent: JsonObject, key: string): Date | undefined {
  const text = textAt(parent, key);
  const date = text === undefined ? undefined : new Date(text);
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
