import { describe, expect, it } from '@jest/globals';
import { parseChangelog } from '../../../src/changelog/parse-changelog.ts';
import { createChangelogReader } from '../../../src/reconcile/migrations/changelog-reader.ts';
import { createFakeForge } from '../../support/fake-forge.ts';

const PLACE = { repository: 'octo-org/etl', installationId: 1, sha: 'a'.repeat(40) };
const REQUEST = { path: 'db/main.xml', searchPath: null, contexts: [] };

function xml(inside: string): string {
  return `<databaseChangeLog>${inside}</databaseChangeLog>`;
}
const one = (id: string | number) => `<changeSet id="${id}" author="o"/>`;

function setUp(files: Readonly<Record<string, string>>) {
  const forge = createFakeForge();
  const put = (more: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(more)) {
      forge.files.set(path, text);
    }
  };
  put(files);
  const reader = createChangelogReader({ forge, parse: parseChangelog });
  const asked = async () => {
    forge.calls.length = 0;
    const read = await reader.read(PLACE, REQUEST);
    return { read, files: forge.calls.filter((call) => call === 'file').length };
  };
  return { forge, reader, put, asked, read: async () => await reader.read(PLACE, REQUEST) };
}

describe('a changelog of a commit', () => {
  it('is read with what it includes, and of a next commit only what changed', async () => {
    const { put, asked, forge } = setUp({
      'db/main.xml': xml(`${one(1)}<include file="db/a.xml"/><include file="db/b.xml"/>`),
      'db/a.xml': xml(one(2)),
      'db/b.xml': xml('<includeAll path="db/c"/>'),
      'db/c/1.sql': '--liquibase formatted sql\n--changeset o:3',
      'app/index.js': 'no changelog',
    });
    expect(await asked()).toEqual({
      files: 4,
      read: { changeSets: ['db/main.xml::1::o', 'db/a.xml::2::o', 'db/c/1.sql::3::o'].map((id) => ({ id })) },
    });
    expect(forge.calls.filter((call) => call === 'tree')).toHaveLength(1);
    expect(await asked()).toMatchObject({ files: 0 });

    put({ 'db/a.xml': xml(one(2) + one(4)) });
    const { read, files } = await asked();
    expect(files).toBe(1);
    expect(read).toMatchObject({ changeSets: expect.arrayContaining([{ id: 'db/a.xml::4::o' }]) });
  });

  it.each([
    ['is not there', {}, 'There is no changelog `db/main.xml` at `aaaaaaa`'],
    ['is too large', { 'db/main.xml': 'x'.repeat(1_000_001) }, '`db/main.xml` is larger than 1 MB'],
    [
      'includes what only Liquibase reads',
      { 'db/main.xml': xml('<include file="a.groovy"/>'), 'a.groovy': 'databaseChangeLog {}' },
      '`a.groovy` is of a kind that only Liquibase reads',
    ],
    [
      'includes too many files',
      Object.fromEntries([
        ['db/main.xml', xml('<includeAll path="all"/>')],
        ...Array.from({ length: 500 }, (_, index) => [`all/${index}.xml`, xml(one(index))]),
      ]) as Record<string, string>,
      '`db/main.xml` includes more than 500 files, or 10 MB',
    ],
    [
      'includes too much',
      Object.fromEntries([
        ['db/main.xml', xml('<includeAll path="all"/>')],
        ...Array.from({ length: 11 }, (_, index) => [`all/${index}.sql`, 'x'.repeat(999_999)]),
      ]) as Record<string, string>,
      '`db/main.xml` includes more than 500 files, or 10 MB',
    ],
  ])('that %s is said to be so, and not fetched', async (_, files, problem) => {
    const { read, forge } = setUp(files);
    expect(await read()).toEqual({ problem });
    expect(forge.calls.filter((call) => call === 'file').length).toBeLessThan(2);
  });

  it('is not told of a repository with more files than GitHub lists', async () => {
    const { read, forge } = setUp({ 'db/main.xml': xml('') });
    forge.tree = async () => await Promise.resolve(undefined);
    expect(await read()).toEqual({ problem: '`octo-org/etl` holds more files than GitHub lists' });
  });

  it('asks for few files at once, and goes on where it was after an error that passes', async () => {
    const files = Array.from({ length: 40 }, (_, index) => [`all/${index}.xml`, xml(one(index))]);
    const { read, forge } = setUp(Object.fromEntries([['db/main.xml', xml('<includeAll path="all"/>')], ...files]));
    const { file } = forge;
    let open = 0;
    let most = 0;
    let calls = 0;
    forge.file = async (request) => {
      calls += 1;
      open += 1;
      most = Math.max(most, open);
      try {
        if (calls === 21) {
          throw new Error('GitHub asks Mayfly to slow down');
        }
        return await file(request);
      } finally {
        open -= 1;
      }
    };
    await expect(read()).rejects.toThrow('slow down');
    expect(await read()).toMatchObject({ changeSets: expect.any(Array) });
    expect(most).toBeLessThanOrEqual(5);
    expect(calls).toBeLessThan(50);
  });
});
