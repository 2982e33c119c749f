import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = new URL('../../', import.meta.url);
const text = readFileSync(new URL('app.yml', ROOT), 'utf8');
const manifest = parse(text) as { default_permissions: Record<string, string>; default_events: string[] };

/** The lines of a section, each as what it names and the comment above it. */
function explained(section: string): { name: string; reason: string }[] {
  const lines = (new RegExp(`^${section}:\\n((?: .*\\n)+)`, 'm').exec(text)?.[1] ?? '').split('\n');
  return lines.flatMap((line, index) => {
    const name = /^ {2}(?:- )?(\w+)/.exec(line)?.[1];
    return name === undefined ? [] : [{ name, reason: /^ {2}# (.+)/.exec(lines[index - 1] ?? '')?.[1] ?? '' }];
  });
}

/** What the handlers listen to; `installation…` reaches every app unasked. */
function eventsHeard(): string[] {
  const folder = new URL('src/github/handlers/', ROOT);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const events = [...sources.join('\n').matchAll(/'([a-z_]+)\.[a-z_]+'/g)].map(([, event = '']) => event);
  return [...new Set(events)].filter((event) => !event.startsWith('installation')).sort();
}

// That a life needs each of the permissions, and no other, is shown by test/acceptance/life.test.ts.
describe('app.yml', () => {
  it('gives a reason for each permission and each event', () => {
    const all = [...explained('default_permissions'), ...explained('default_events')];
    expect(all.map(({ name }) => name)).toEqual([
      ...Object.keys(manifest.default_permissions),
      ...manifest.default_events,
    ]);
    expect(all.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });

  it('hears the events that the handlers listen to', () => {
    expect(manifest.default_events).toEqual(eventsHeard());
  });
});
