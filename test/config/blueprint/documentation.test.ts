import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseBlueprint } from '../../../src/config/blueprint/parse.ts';
import { SCHEMA_FILES } from '../../../src/config/json-schemas.ts';
import { knownReferences } from '../../../src/domain/template-reference.ts';

const page = readFileSync(new URL('../../../docs/blueprint.md', import.meta.url), 'utf8');

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

function keysOf(shape: Shape): string[] {
  const inner = [shape.additionalProperties, shape.items, ...(shape.anyOf ?? [])].filter(
    (part) => typeof part === 'object',
  );
  return [
    ...Object.entries(shape.properties ?? {}).flatMap(([key, value]) => [key, ...keysOf(value)]),
    ...inner.flatMap(keysOf),
  ];
}

describe('docs/blueprint.md', () => {
  it('speaks of every key of the file', () => {
    const keys = new Set(keysOf(JSON.parse(SCHEMA_FILES['docs/schema/ephemeral.schema.json'] ?? '') as Shape));
    expect(keys.size).toBeGreaterThan(50);
    expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(page))).toEqual([]);
  });

  it('speaks of every reference', () => {
    const scope = {
      internal: ['<name>'],
      images: [],
      hosted: ['<service>'],
      refs: ['<name>'],
      database: { named: true, master: true },
    };
    expect(knownReferences(scope).filter((reference) => !page.includes(`\${${reference}}`))).toEqual([]);
  });

  it('shows a smallest file that is accepted', () => {
    const text = /```yaml\n(version: 1[^`]*)```/.exec(page)?.[1] ?? '';
    expect(parseBlueprint(text, { path: 'docs' })).toMatchObject({ ok: true });
  });

  it('shows configuration that is accepted', () => {
    const text = /```yaml\n(parameters:[^`]*)```/.exec(page)?.[1] ?? '';
    const head = 'version: 1\nservices: { web: { image: web, port: 80, host: web } }\n';
    expect(parseBlueprint(head + text, { path: 'docs' })).toMatchObject({ ok: true });
  });
});
