import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { RULES_SCHEMA_FILES } from '../../../src/data/rules/json-schema.ts';

const root = new URL('../../../', import.meta.url);
const [[file, text] = ['', '']] = Object.entries(RULES_SCHEMA_FILES);

describe('the published JSON Schema of a rule file', () => {
  it('is current (else run `node tools/generate-schemas.ts`)', () => {
    expect(readFileSync(new URL(file, root), 'utf8')).toBe(text);
  });

  const validate = new Ajv2020({ strict: false, logger: false }).compile(JSON.parse(text) as object);

  it('accepts the file that docs/anonymise.md shows', () => {
    const page = readFileSync(new URL('docs/anonymise.md', root), 'utf8');
    expect(validate(parse(/```yaml\n(version: 1[^`]*)```/.exec(page)?.[1] ?? ''))).toBe(true);
  });

  it.each([
    ['an unknown mask', { person: { columns: { name: 'txt' } } }],
    ['an unknown key', { person: { colums: {} } }],
    ['an unknown fake', { person: { columns: { name: { fake: 'surname' } } } }],
  ])('refuses %s', (_, tables) => {
    expect(validate({ version: 1, tables })).toBe(false);
  });
});
