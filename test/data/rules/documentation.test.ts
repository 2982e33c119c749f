import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { RULES_SCHEMA_FILES } from '../../../src/data/rules/json-schema.ts';
import { FAKE_KINDS } from '../../../src/data/rules/mask-schema.ts';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';

const page = readFileSync(new URL('../../../docs/anonymise.md', import.meta.url), 'utf8');

function keysOf(shape: unknown): string[] {
  if (typeof shape !== 'object' || shape === null) {
    return [];
  }
  const { properties = {} } = shape as { properties?: object };
  return [...Object.keys(properties), ...Object.values(shape).flatMap(keysOf)];
}

describe('docs/anonymise.md', () => {
  it('speaks of every key of the file', () => {
    const keys = new Set(Object.values(RULES_SCHEMA_FILES).flatMap((text) => keysOf(JSON.parse(text))));
    expect(keys.size).toBeGreaterThan(25);
    expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(page))).toEqual([]);
  });

  it('speaks of every fake', () => {
    expect(
      FAKE_KINDS.filter((kind) => !page.includes(`\`${kind}\``) && !page.includes(`\`{ fake: ${kind} }\``)),
    ).toEqual([]);
  });

  it('shows a file that is accepted, with every kind of mask in it', () => {
    const parsed = parseRuleSet(/```yaml\n(version: 1[^`]*)```/.exec(page)?.[1] ?? '');
    const tables = parsed.ok ? parsed.ruleSet.tables : [];
    const masks = tables.flatMap(({ columns }) => columns.map(({ mask }) => mask.kind));
    const kinds: readonly Mask['kind'][] = [
      'cases',
      'constant',
      'date-shift',
      'digits',
      'fake',
      'hash',
      'json',
      'keep',
      'null',
      'shuffle',
      'text',
      'xml',
    ];
    expect([...new Set(masks)].toSorted()).toEqual(kinds);
  });
});
