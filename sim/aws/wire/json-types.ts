import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * What in a parsed JSON body is not of the kind its shape has, as a sentence; undefined when all is. The SDK's own
 * deserialiser trusts what a service sends it, and takes a number for a string and a string for a list.
 */
export function wrongKind(schema: NormalizedSchema, value: unknown, path = 'the body'): string | undefined {
  if (schema.isDocumentSchema()) {
    return undefined;
  }
  if (schema.isListSchema()) {
    return Array.isArray(value)
      ? firstOf(value.map((item, index) => wrongKind(schema.getValueSchema(), item, `${path}[${index}]`)))
      : `${path} must be a list`;
  }
  if (schema.isMapSchema() || schema.isStructSchema()) {
    return isObject(value) ? wrongMember(schema, value, path) : `${path} must be an object`;
  }
  return wrongScalar(schema, value, path);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is null counts as absent; what the shape does not know is passed over. */
function wrongMember(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string | undefined {
  const members = schema.isMapSchema()
    ? Object.keys(value).map((key) => [key, schema.getValueSchema()] as const)
    : [...schema.structIterator()];
  return firstOf(
    members.map(([name, member]) => {
      const held = value[name] ?? undefined;
      return held === undefined ? undefined : wrongKind(member, held, path === 'the body' ? name : `${path}.${name}`);
    }),
  );
}

function wrongScalar(schema: NormalizedSchema, value: unknown, path: string): string | undefined {
  const kind = typeof value;
  if (schema.isNumericSchema()) {
    return kind === 'number' ? undefined : `${path} must be a number`;
  }
  if (schema.isBooleanSchema()) {
    return kind === 'boolean' ? undefined : `${path} must be true or false`;
  }
  if (schema.isTimestampSchema()) {
    return kind === 'number' || kind === 'string' ? undefined : `${path} must be a time`;
  }
  return kind === 'string' ? undefined : `${path} must be a string`;
}

const firstOf = (problems: readonly (string | undefined)[]): string | undefined =>
  problems.find((problem) => problem !== undefined);
