import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { SCHEMA_FILES } from '../../src/config/json-schemas.ts';

const root = new URL('../../', import.meta.url);

describe('the published JSON Schemas', () => {
  it.each(Object.keys(SCHEMA_FILES))('are current: %s (else run `node tools/generate-schemas.ts`)', (file) => {
    expect(readFileSync(new URL(file, root), 'utf8')).toBe(SCHEMA_FILES[file]);
  });

  const validate = new Ajv2020({ strict: false, logger: false }).compile(
    JSON.parse(SCHEMA_FILES['docs/schema/ephemeral.schema.json'] ?? '') as object,
  );

  it.each(['minimal', 'dvsa-vol'])('accept the example %s as Mayfly does', (example) => {
    const value: unknown = parse(readFileSync(new URL(`examples/${example}/ephemeral.yml`, root), 'utf8'));
    expect(validate(value)).toBe(true);
  });

  it('refuse what Mayfly refuses by shape', () => {
    expect(validate({ version: 1 })).toBe(false);
    expect(validate({ version: 1, services: { web: { image: 'x', prot: 80 } } })).toBe(false);
  });
});
