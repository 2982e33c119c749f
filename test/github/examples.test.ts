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

describe('GitHub’s own example payloads', () => {
  it('are all there', () => {
    expect(all.reduce((count, { examples }) => count + examples.length, 0)).toBe(329);
  });

  it.each(all)('of $name are answered 2xx, each within 100 ms', async ({ name, examples }) => {
    for (const payload of examples) {
      const begun = performance.now();
      const { status } = await app.deliver(name, payload);
      const took = performance.now() - begun;
      expect({ status, action: payload['action'] }).toEqual({ status: 200, action: payload['action'] });
      expect(took).toBeLessThan(100);
    }
  });

  it('write nothing to GitHub', () => {
    expect(app.github.writes).toEqual([]);
  });
});
