import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { TransientError } from '../../src/domain/failure.ts';
import type { MigrationsPlace } from '../../src/reconcile/migrations/migrations-place.ts';
import { resolve } from '../../src/reconcile/resolve.ts';
import type { BlueprintTerms } from '../../src/reconcile/store.ts';
import { SupersededError } from '../../src/reconcile/superseded.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeForge } from '../support/fake-forge.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const DAY = 86_400;

async function setUp(
  terms: Partial<BlueprintTerms> = {},
  admittedAt: Date | null = new Date('2026-11-20T09:00:01Z'),
  migrations?: Pick<MigrationsPlace, 'path'> & Partial<MigrationsPlace>,
) {
  const store = createMemoryStore();
  const forge = createFakeForge();
  const clock = createSteppedClock();
  const first = environmentRecord(7, { admittedAt });
  const { id } = first.identity;
  await store.transaction(async (transaction) => await transaction.saveEnvironment(first));
  const record = async () => (await store.environment(id)) ?? first;
  const read = async () =>
    await resolve(await record(), {
      store,
      forge,
      clock,
      blueprintPath: '.github/ephemeral.yml',
      ttlSeconds: 7 * DAY,
      maxTtlSeconds: 28 * DAY,
      reader: {
        untouched: () => [
          { name: 'web', paths: ['app/web'], branch: null },
          { name: 'api', paths: ['app/api'], branch: 'release' },
        ],
        migrations: () =>
          migrations && { tool: 'flyway', searchPath: null, contexts: [], elsewhere: null, ...migrations },
        terms: () => ({ ttlSeconds: null, maxTtlSeconds: null, environments: null, ...terms }),
      },
    });
  const livesFor = async () => {
    const { intent } = await record();
    return (intent.expiresAt.getTime() - first.intent.expiresAt.getTime()) / 1000 + 7 * DAY;
  };
  return { store, forge, clock, record, read, livesFor, id };
}

describe('reading what GitHub says of a commit', () => {
  it('lists the folder with its migrations, once, where the blueprint names one', async () => {
    const { forge, read } = await setUp({}, undefined, { path: 'db' });
    forge.folder = ['V1__a.sql'];
    expect((await read()).migrations).toEqual({ path: 'db', files: ['V1__a.sql'] });
    await read();
    expect(forge.calls.filter((call) => call === 'filesBelow')).toHaveLength(1);

    const without = await setUp();
    expect(await without.read()).not.toHaveProperty('migrations');
    expect(without.forge.calls).not.toContain('filesBelow');
  });

  it('reads again, after a while, what could not be read: access is given elsewhere', async () => {
    const { forge, clock, read, record } = await setUp({}, undefined, {
      path: 'db',
      elsewhere: { repository: 'acme/etl', ref: 'v9' },
    });
    forge.strangers.add((await record()).intent.owner);
    forge.folder = ['V1__a.sql'];
    expect((await read()).migrations).toHaveProperty('problem');
    forge.strangers.clear();
    expect((await read()).migrations).toHaveProperty('problem');

    clock.advance(5 * 60);
    forge.errors.mayRead = new TransientError('GitHubUnavailable', 'GitHub did not answer');
    expect((await read()).migrations).toHaveProperty('problem');
    const files = { path: 'db', files: ['V1__a.sql'], elsewhere: { repository: 'acme/etl' } };
    expect((await read()).migrations).toMatchObject(files);
    expect((await record()).resolution?.migrations).toMatchObject(files);
  });

  it('remembers that the folder is not there', async () => {
    const { read } = await setUp({}, undefined, { path: 'db' });
    expect((await read()).migrations).toEqual({ path: 'db', files: null });
  });

  it('asks once for each commit', async () => {
    const { forge, read, record, store } = await setUp();
    const resolution = await read();
    expect(resolution).toMatchObject({
      blueprint: 'version: 1',
      changedPaths: ['app/index.js'],
      baseCommits: { web: '0d49b7586a0d49b7586a0d49b7586a0d49b7586a' },
    });
    forge.calls.length = 0;
    expect(await read()).toEqual(resolution);
    expect(forge.calls).toEqual([]);

    const moved = { ...(await record()).intent, headSha: 'b'.repeat(40) };
    const changed = { ...(await record()), intent: moved };
    await store.transaction(async (transaction) => await transaction.saveEnvironment(changed));
    await read();
    expect(forge.calls.toSorted()).toEqual(['changedPaths', 'file', 'lastCommitTouching', 'lastCommitTouching']);
  });

  it('looks for the last commit on the branch that images fall back to, else on the base', async () => {
    const { forge, read, record } = await setUp();
    const asked: string[] = [];
    forge.lastCommitTouching = async ({ branch, paths }) => {
      asked.push(`${paths.join()} on ${branch}`);
      return await Promise.resolve(undefined);
    };
    await read();
    expect(asked.toSorted()).toEqual(['app/api on release', `app/web on ${(await record()).intent.baseRef}`]);
  });

  it('says that there is no blueprint, and reads it when GitHub has it after all', async () => {
    const { forge, read, livesFor } = await setUp({ ttlSeconds: 2 * DAY });
    const { blueprint } = forge;
    forge.blueprint = undefined;
    expect(await read()).toMatchObject({ blueprint: null, baseCommits: {} });

    forge.blueprint = blueprint;
    await expect(read()).rejects.toThrow(SupersededError);
    expect(await read()).toMatchObject({ blueprint: 'version: 1' });
    expect(await livesFor()).toBe(2 * DAY);
  });

  it.each([
    ['shorter', { ttlSeconds: 2 * DAY }, 2 * DAY],
    ['longer', { ttlSeconds: 14 * DAY }, 14 * DAY],
    ['longer than the platform allows', { ttlSeconds: 90 * DAY }, 28 * DAY],
    ['longer than the blueprint itself allows', { ttlSeconds: 14 * DAY, maxTtlSeconds: 10 * DAY }, 10 * DAY],
  ])("gives a life the blueprint's own time, which may be %s", async (_, terms, seconds) => {
    const { livesFor, read, record } = await setUp(terms);

    await expect(read()).rejects.toThrow(SupersededError);
    expect(await livesFor()).toBe(seconds);
    await read();
    expect(await livesFor()).toBe(seconds);
    expect((await record()).intent.generation).toBe(2);
  });

  it.each([
    ['lives shorter', { ttlSeconds: 2 * DAY }, { lifeSeconds: 2 * DAY }],
    ['lives longer', { ttlSeconds: 14 * DAY }, { lifeSeconds: 14 * DAY }],
    ['waits shorter', { maxTtlSeconds: 7 * DAY }, { lifeSeconds: 7 * DAY, waitSeconds: 7 * DAY }],
  ])('has one that has no slot yet live as long as the blueprint says: it %s', async (_, terms, expected) => {
    const { read, record, store } = await setUp(terms, null);
    const first = await record();
    const waitsUntil = new Date(first.createdAt.getTime() + 28 * DAY * 1000);
    const waiting = { ...first, intent: { ...first.intent, expiresAt: waitsUntil } };
    await store.transaction(async (transaction) => await transaction.saveEnvironment(waiting));
    await read().catch(() => undefined);

    const { createdAt, intent } = await record();
    const waitSeconds = (intent.expiresAt.getTime() - createdAt.getTime()) / 1000;
    expect({ lifeSeconds: intent.lifeSeconds, waitSeconds }).toEqual({ waitSeconds: 28 * DAY, ...expected });
  });

  it('moves the expiry at the first reading of a life only', async () => {
    const { livesFor, read, record, store } = await setUp({ ttlSeconds: 2 * DAY });
    await expect(read()).rejects.toThrow(SupersededError);
    const pushed = { ...(await record()), intent: { ...(await record()).intent, headSha: 'b'.repeat(40) } };
    await store.transaction(async (transaction) => await transaction.saveEnvironment(pushed));
    await read();

    expect(await livesFor()).toBe(2 * DAY);
  });

  it('moves the expiry once when two processes read the first commit at the same moment', async () => {
    const { livesFor, read } = await setUp({ ttlSeconds: 2 * DAY });
    await Promise.allSettled([read(), read()]);

    expect(await livesFor()).toBe(2 * DAY);
  });
});
