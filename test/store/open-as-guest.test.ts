import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/open.ts';
import { openAsGuest } from '../../src/store/open-as-guest.ts';
import { createSourceStore } from '../../src/store/sources.ts';
import { OPENING_MS } from '../support/database.ts';

// These wait for databases, which a busy machine makes slow.
jest.setTimeout(60_000);

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayfly-guest-'));
  await (await openDatabase({ dataDir: join(directory, 'data') })).close();
}, OPENING_MS);
afterAll(async () => await rm(directory, { recursive: true, force: true }));

const dataDir = () => join(directory, 'data');

async function change(statement: string): Promise<void> {
  const guest = await openAsGuest({ dataDir: dataDir() });
  await sql.raw(statement).execute(guest.kysely);
  await guest.close();
}

describe('a guest of the database', () => {
  it('asks for a source, and takes no job and makes none', async () => {
    const guest = await openAsGuest({ dataDir: dataDir() });
    const store = createSourceStore(guest);
    const askedAt = new Date('2026-11-26T03:00:00Z');
    expect(await store.ask({ kind: 'refresh', askedBy: 'jane', askedAt })).toMatchObject({ askedBy: 'jane', askedAt });
    const { rows } = await sql<{ jobs: number }>`select count(*)::int as jobs from pgboss.job`.execute(guest.kysely);
    expect(rows).toEqual([{ jobs: 0 }]);
    await guest.close();
    await guest.close();
  });

  it('refuses a database that a newer version has migrated, and changes nothing', async () => {
    await change("insert into kysely_migration (name, timestamp) values ('9999-later', '')");
    try {
      await expect(openAsGuest({ dataDir: dataDir() })).rejects.toMatchObject({
        reason: 'OtherVersion',
        message: expect.stringContaining('a newer Mayfly than this command (9999-later)'),
      });
    } finally {
      const database = await import('@electric-sql/pglite');
      const pglite = await database.PGlite.create(join(dataDir(), 'postgres'));
      await pglite.query("delete from kysely_migration where name = '9999-later'");
      await pglite.close();
    }
  });

  it('refuses a database of an older version rather than migrate it', async () => {
    await change("delete from kysely_migration where name like '0010%'");
    await expect(openAsGuest({ dataDir: dataDir() })).rejects.toMatchObject({
      reason: 'OtherVersion',
      message: expect.stringContaining('an older Mayfly than this command (0010-sources)'),
    });
  });

  it('makes no database where there is none', async () => {
    const empty = join(directory, 'empty');
    await expect(openAsGuest({ dataDir: empty })).rejects.toMatchObject({ reason: 'NoDatabase' });
    expect(await readdir(directory)).toEqual(['data']);
  });

  it('says that nobody answers, in words that may be tried again', async () => {
    const databaseUrl = Object.assign(new URL('postgres://mayfly@127.0.0.1:1/mayfly'), { password: 'hunter2' }).href;
    const failure = await openAsGuest({ databaseUrl, dataDir: '' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TransientError', message: expect.stringContaining('ECONNREFUSED') });
    expect(String(failure)).not.toContain('hunter2');
  });
});
