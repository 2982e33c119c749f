import * as z from 'zod';
import { blueprintSchema } from './blueprint/schema.ts';
import { platformSchema } from './platform-schema.ts';

/** The published JSON Schemas: path in this repository to text. They describe what may be written, not what is made of it. */
export const SCHEMA_FILES: Readonly<Record<string, string>> = {
  'docs/schema/ephemeral.schema.json': schemaText(blueprintSchema),
  'docs/schema/platform.schema.json': schemaText(platformSchema),
};

/** What may be written, as JSON Schema. */
export function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), undefined, 2)}\n`;
}
