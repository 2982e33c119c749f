import type { NormalizedSchema } from '@smithy/core/schema';

export interface Reading {
  readonly value: object;
  /** Paths of what the examples spell in a way that the model does not know. */
  readonly strange: readonly string[];
}

/**
 * A value of the examples as the SDK's types have it: instants from their texts or epoch seconds, bytes from base64,
 * numbers and truth values from the texts some examples write. Members the model does not have are left out and named.
 */
export function readExample(schema: NormalizedSchema, example: unknown): Reading {
  const strange: string[] = [];

  function read(shape: NormalizedSchema, value: unknown, path: string): unknown {
    if (shape.isStructSchema()) {
      return structure(shape, value, path);
    }
    if (shape.isListSchema()) {
      return (value as unknown[]).map((item, index) => read(shape.getValueSchema(), item, `${path}[${index}]`));
    }
    if (shape.isMapSchema()) {
      const entries = Object.entries(value as object);
      return Object.fromEntries(
        entries.map(([key, item]) => [key, read(shape.getValueSchema(), item, `${path}.${key}`)]),
      );
    }
    return scalar(shape, value);
  }

  function structure(shape: NormalizedSchema, value: unknown, path: string): object {
    const members = new Map(shape.structIterator());
    const known: [string, unknown][] = [];
    for (const [name, item] of Object.entries(value as object)) {
      const member = members.get(name);
      if (member) {
        known.push([name, read(member, item, `${path}.${name}`)]);
      } else {
        strange.push(`${path}.${name}`);
      }
    }
    return Object.fromEntries(known);
  }

  return { value: schema.isUnitSchema() ? {} : structure(schema, example, ''), strange };
}

function scalar(shape: NormalizedSchema, value: unknown): unknown {
  if (shape.isTimestampSchema()) {
    // Some examples write epoch seconds, as a number or as its text.
    return new Date(Number.isNaN(Number(value)) ? String(value) : Number(value) * 1000);
  }
  if (shape.isNumericSchema()) {
    return Number(value);
  }
  if (shape.isBooleanSchema()) {
    return value === true || value === 'true';
  }
  if (shape.isBlobSchema()) {
    return new Uint8Array(Buffer.from(String(value)));
  }
  return String(value);
}
