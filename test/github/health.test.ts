import { expect, it } from '@jest/globals';
import { createHealth } from '../../src/github/health.ts';
import { createCapturedLog } from './captured-log.ts';

const { log } = createCapturedLog();

it('is bad when the check hangs', async () => {
  const health = createHealth({ check: async () => await new Promise(() => undefined), log, patienceMilliseconds: 5 });

  expect(await health.isWell()).toBe(false);
});

it('is told to many by one check, and to who comes later by another', async () => {
  let checks = 0;
  const health = createHealth({ check: async () => void (checks += 1), log });

  expect(await Promise.all(Array.from({ length: 10 }, async () => await health.isWell()))).not.toContain(false);
  expect(checks).toBe(1);
  await health.isWell();
  expect(checks).toBe(2);
});
