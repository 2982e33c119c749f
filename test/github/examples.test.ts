import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApp, startApp } from './running-app.ts';

interface Examples {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}

const all = createRequire(import.meta.url)('@octokit/webhooks-examples') as Examples[];

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
  app.github.roles.set('Codertocat', 'admin');
});
afterAll(async () => await app.stop());

/** Delivers until once it took less than 100 ms, `attempts` times at most: a busy machine is not a slow handler. */
async function fastestOf(
  attempts: number,
  name: string,
  payload: unknown,
): Promise<{ statuses: number[]; milliseconds: number }> {
  const statuses: number[] = [];
  let milliseconds = Number.POSITIVE_INFINITY;
  while (statuses.length < attempts && milliseconds >= 100) {
    const begun = performance.now();
    statuses.push((await app.deliver(name, payload)).status);
    milliseconds = Math.min(milliseconds, performance.now() - begun);
  }
  return { statuses, milliseconds };
}

describe('GitHub’s own example payloads', () => {
  it('are all there', () => {
    expect(all.reduce((count, { examples }) => count + examples.length, 0)).toBe(329);
  });

  it.each(all)('of $name are answered 2xx, each within 100 ms', async ({ name, examples }) => {
    for (const payload of examples) {
      const { statuses, milliseconds } = await fastestOf(10, name, payload);
      expect({ statuses, action: payload['action'] }).toEqual({
        statuses: statuses.map(() => 200),
        action: payload['action'],
      });
      expect(milliseconds).toBeLessThan(100);
    }
  });

  it('are taken in where they say something about a pull request, and ask GitHub nothing', async () => {
    for (const { name, examples } of all) {
      for (const payload of examples) {
        await app.deliver(name, payload);
      }
    }
    const kinds = app.intake.received.map(({ says }) => says.kind);
    expect([...new Set(kinds)].toSorted()).toEqual(['follow', 'release']);
    expect([...app.github.reads, ...app.github.writes]).toEqual([]);
  });
});
