import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Everything that may be printed; sentences put together from several places stand whole in the test of them. */
const printed = [
  ...['src', 'tools'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  ),
  'test/main.test.ts',
]
  .map(read)
  .join('\n');

/** What stands in code spans in the first column of the table below a heading. */
function quoted(document: string, heading: string): string[] {
  const section =
    read(document)
      .split(/^## /m)
      .find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const cells = [...section.matchAll(/^\| ([^|]*)\|/gm)].slice(2).map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span));
}

/** The parts of a sentence between names (`…`) and reasons (`: `) that nothing prints. */
function unprinted(sentence: string): string[] {
  const parts = sentence.split(/…|: /).map((part) => part.trim().replace(/^[.,:]\s*|:$/g, ''));
  return parts.filter((part) => part !== '' && !printed.includes(part));
}

describe.each([
  ['docs/install.md', 'When something is wrong'],
  ['docs/operating.md', 'Logs'],
])('%s, %s', (document, heading) => {
  it('quotes what is printed, word for word', () => {
    const sentences = quoted(document, heading);
    expect(sentences.length).toBeGreaterThan(8);
    expect(sentences.flatMap(unprinted)).toEqual([]);
  });
});

it('docs/operating.md explains every warning and error that is logged', () => {
  const logged = [...printed.matchAll(/\blog\.(?:warn|error)\(\{[^}]*\}, '([^']+)'\)/g)].map(([, text = '']) => text);
  expect(logged.length).toBeGreaterThan(8);
  expect(logged.filter((text) => !quoted('docs/operating.md', 'Logs').includes(text))).toEqual([]);
});

it('docs/security.md has a row for each permission of the app, and for no other', () => {
  const { default_permissions: asked } = parse(read('app.yml')) as { default_permissions: Record<string, string> };
  expect(quoted('docs/security.md', 'What Mayfly may do on GitHub')).toEqual(
    expect.arrayContaining(Object.entries(asked).map(([name, level]) => `${name}: ${level}`)),
  );
  const rows = quoted('docs/security.md', 'What Mayfly may do on GitHub').filter((span) => /^\w+: \w+$/.test(span));
  expect(rows).toHaveLength(Object.keys(asked).length);
});
