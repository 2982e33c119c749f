import { mkdirSync, writeFileSync } from 'node:fs';
import { SCHEMA_FILES } from '../src/config/json-schemas.ts';
import { RULES_SCHEMA_FILES } from '../src/data/rules/json-schema.ts';

/** Writes the JSON Schemas into docs/schema: `node tools/generate-schemas.ts`. */
for (const [file, text] of Object.entries({ ...SCHEMA_FILES, ...RULES_SCHEMA_FILES })) {
  const target = new URL(`../${file}`, import.meta.url);
  mkdirSync(new URL('.', target), { recursive: true });
  writeFileSync(target, text);
}
