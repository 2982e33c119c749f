import { schemaText } from '../../config/json-schemas.ts';
import { rulesSchema } from './schema.ts';

/** The published JSON Schema of a rule file: path in this repository to text. */
export const RULES_SCHEMA_FILES: Readonly<Record<string, string>> = {
  'docs/schema/rules.schema.json': schemaText(rulesSchema),
};
