import { isJsonObject, type JsonObject } from '../json.ts';

const notForAjv = new Set(['discriminator', 'xml', 'deprecated', 'nullable']);

function convertProperties(properties: unknown): unknown {
  return isJsonObject(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema)]))
    : properties;
}

/**
 * An OpenAPI 3.0 schema as the JSON Schema ajv reads. GitHub writes `nullable: true` beside `$ref` and `oneOf`, without a
 * `type`, which ajv refuses to compile; here null becomes one more type or one more alternative.
 */
export function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(toJsonSchema);
  }
  if (!isJsonObject(schema)) {
    return schema;
  }
  const converted: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (!notForAjv.has(key)) {
      converted[key] = key === 'properties' ? convertProperties(value) : toJsonSchema(value);
    }
  }
  return schema['nullable'] === true ? orNull(converted) : converted;
}

function orNull(schema: JsonObject): JsonObject {
  const values = schema['enum'];
  const widened = Array.isArray(values) && !values.includes(null) ? { ...schema, enum: [...values, null] } : schema;
  return typeof widened['type'] === 'string'
    ? { ...widened, type: [widened['type'], 'null'] }
    : { anyOf: [{ type: 'null' }, widened] };
}
