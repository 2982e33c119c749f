import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { parseChangelog } from '../../../src/changelog/parse-changelog.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { createChangelogReader } from '../../../src/reconcile/migrations/changelog-reader.ts';
import { listMigrations } from '../../../src/reconcile/migrations/list-migrations.ts';
import type { MigrationsPlace } from '../../../src/reconcile/migrations/migrations-place.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeForge } from '../../support/fake-forge.ts';

const record = environmentRecord(7);
const [owner = ''] = record.identity.pullRequest.repository.split('/');
const elsewhere = { repository: `${owner}/etl`, ref: 'v9' };

function setUp(more: Partial<MigrationsPlace> = {}) {
  const forge = createFakeForge();
  forge.files.set('db/main.xml', '<databaseChangeLog><changeSet id="1" author="o"/></databaseChangeLog>');
  const changelogs = createChangelogReader({ forge, parse: parseChangelog });
  const place: MigrationsPlace = {
    tool: 'liquibase',
    path: 'db/main.xml',
    searchPath: null,
    contexts: [],
    elsewhere: null,
    ...more,
  };
  return {
    forge,
    list: async () => await listMigrations(record, place, { forge, changelogs, clock: createSteppedClock() }),
  };
}

describe('the migrations of a commit', () => {
  it('are those of its changelog', async () => {
    const { list, forge } = setUp();
    expect(await list()).toEqual({ path: 'db/main.xml', changeSets: [{ id: 'db/main.xml::1::o' }] });
    expect(forge.calls).toEqual(['tree', 'file']);
  });

  it('are read of another repository, at what its ref is now', async () => {
    const { list } = setUp({ elsewhere });
    expect(await list()).toMatchObject({
      elsewhere: { repository: elsewhere.repository, sha: '0d49b7586a0d49b7586a0d49b7586a0d49b7586a' },
      changeSets: [{ id: 'db/main.xml::1::o' }],
    });
  });

  it('are file names there as well, where the tool goes by these', async () => {
    const { list, forge } = setUp({ elsewhere, tool: 'flyway', path: 'sql' });
    forge.folder = ['V1__a.sql'];
    expect(await list()).toMatchObject({ elsewhere: { repository: elsewhere.repository }, files: ['V1__a.sql'] });
  });

  it('are not read of a repository of somebody else', async () => {
    const { list, forge } = setUp({ elsewhere: { repository: 'stranger/etl', ref: 'main' } });
    expect(await list()).toMatchObject({
      problem: expect.stringMatching(
        /^`stranger\/etl` belongs to another owner than .*, so migrations are not compared\.$/,
      ),
    });
    expect(forge.calls).toEqual([]);
  });

  it('are not read for somebody who may not read them there', async () => {
    const { list, forge } = setUp({ elsewhere });
    forge.strangers.add(record.intent.owner);
    expect(await list()).toMatchObject({
      problem: expect.stringMatching(
        /, who asked for the environment, may not read .*, or Mayfly is not installed on it, so migrations are not compared\.$/,
      ),
    });
    expect(forge.calls).not.toContain('tree');
  });

  it('are not read where Mayfly is not installed, or the ref is none', async () => {
    const { list, forge } = setUp({ elsewhere });
    forge.lastCommitTouching = async () => await Promise.resolve(undefined);
    expect(await list()).toMatchObject({
      path: 'db/main.xml',
      problem: `There is no \`v9\` in a repository \`${owner}/etl\`, or Mayfly is not installed on it, so migrations are not compared.`,
    });
  });

  it('hold nothing up where GitHub refuses, and are asked for again where it does not answer', async () => {
    const { list, forge } = setUp();
    forge.errors.tree = new TerminalError('GitHubPermission', 'listing all files: the app is not allowed to', {
      actor: 'operator',
    });
    expect(await list()).toMatchObject({
      path: 'db/main.xml',
      problem: 'listing all files: the app is not allowed to, so migrations are not compared.',
    });
    forge.errors.tree = new TransientError('GitHubUnavailable', 'listing all files: GitHub did not answer');
    await expect(list()).rejects.toThrow('did not answer');
  });

  it('say what may be corrected where the changelog cannot be followed', async () => {
    const { list } = setUp({ path: 'db/other.xml' });
    expect(await list()).toMatchObject({
      problem:
        'There is no changelog `db/other.xml` at `ec021a6`, so migrations are not compared. Correct `database.migrations.path`, or say in `database.migrations.searchPath` where names begin.',
    });
  });
});
