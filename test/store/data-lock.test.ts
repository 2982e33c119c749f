import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { lockDataDirectory } from '../../src/store/data-lock.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayfly-lock-'));
});
afterEach(async () => await rm(directory, { recursive: true, force: true }));

const lockPath = () => join(directory, 'lock');
const heldBy = async (holder: object) =>
  await writeFile(
    lockPath(),
    JSON.stringify({
      id: 'other',
      pid: 1,
      host: hostname(),
      processStart: null,
      since: '2026-11-20T09:00:00Z',
      ...holder,
    }),
  );
/** Above any process number that Linux gives. */
const NO_PROCESS = 2 ** 22 + 1;

it('is had by one of ten that ask at once', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 10 }, async () => await lockDataDirectory(directory)));
  const had = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));

  expect(had).toHaveLength(1);
  await had[0]?.release();
});

/** Each round is another order of the ten's reads and writes, which is the system's to choose. */
it.each(Array.from({ length: 30 }, (_, round) => round + 1))(
  'is had by one of ten that find it stale, round %i',
  async () => {
    await heldBy({ pid: NO_PROCESS });

    const asked = await Promise.allSettled(Array.from({ length: 10 }, async () => await lockDataDirectory(directory)));
    const had = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));

    expect(had).toHaveLength(1);
    await had[0]?.release();
  },
);

it('can be had again after its release, which leaves nothing behind', async () => {
  await (await lockDataDirectory(directory)).release();
  await (await lockDataDirectory(directory)).release();

  expect(await readdir(directory)).toEqual([]);
});

it('makes the directory when there is none', async () => {
  const lock = await lockDataDirectory(join(directory, 'a', 'b'));

  await lock.release();
});

it.each([
  { reason: 'its process is dead', holder: { pid: NO_PROCESS } },
  { reason: 'its number went to a younger process', holder: { pid: process.pid, processStart: '1' } },
])('is taken over when $reason', async ({ holder }) => {
  await heldBy(holder);

  await (await lockDataDirectory(directory)).release();
});

it('is taken over when what it says cannot be read', async () => {
  await writeFile(lockPath(), '{"id":');

  await (await lockDataDirectory(directory)).release();
});

it('of another machine stands while that gives signs of life, and no longer', async () => {
  await heldBy({ host: 'elsewhere', pid: NO_PROCESS });
  await expect(lockDataDirectory(directory)).rejects.toThrow('in use by process 4194305 on elsewhere since 2026-11-20');

  const longAgo = new Date(Date.now() - 120_000);
  await utimes(lockPath(), longAgo, longAgo);

  await (await lockDataDirectory(directory)).release();
});

it('says who holds the directory and what to do', async () => {
  const lock = await lockDataDirectory(directory);

  await expect(lockDataDirectory(directory)).rejects.toThrow(
    new RegExp(`in use by process ${process.pid} on .* or set DATABASE_URL to a Postgres server`),
  );
  await lock.release();
});

it('is not removed by the release of one who lost it', async () => {
  const lock = await lockDataDirectory(directory);
  await heldBy({ id: 'somebody else' });

  await lock.release();

  expect(await readFile(lockPath(), 'utf8')).toContain('somebody else');
});

it('outlives a process that died while taking it over', async () => {
  await heldBy({ pid: NO_PROCESS });
  await mkdir(`${lockPath()}.takeover`);
  const longAgo = new Date(Date.now() - 120_000);
  await utimes(`${lockPath()}.takeover`, longAgo, longAgo);

  await (await lockDataDirectory(directory)).release();
});
