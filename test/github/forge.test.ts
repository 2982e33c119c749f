import { beforeEach, describe, expect, it } from '@jest/globals';
import { createForge } from '../../src/github/forge.ts';
import type { Forge } from '../../src/reconcile/forge.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';

let hub: LocalHub;
let forge: Forge;
let installationId: number;
let ref: { repository: string; number: number };
let place: { repository: string; actor: string; number: number };

beforeEach(async () => {
  hub = await startLocalHub();
  forge = createForge(hub.octokits, { allowedBots: [] });
  installationId = hub.seed.installation.id;
  const { repository, number, people } = hub.seed;
  ref = { repository, number };
  place = { repository, actor: people.developer, number };
});

const repository = 'acme/shop';

describe('a pull request', () => {
  it('is read as it stands', async () => {
    hub.github.actions.label({ ...place, label: 'ephemeral' });
    expect(await forge.pullRequest(ref, installationId)).toEqual({
      repository,
      open: true,
      merged: false,
      draft: false,
      fromFork: false,
      headSha: hub.head,
      headRef: 'feature/checkout',
      baseRef: 'main',
      title: 'feat: checkout',
      author: hub.seed.people.developer,
      authorIsBot: false,
      labels: ['ephemeral'],
      pushedAt: hub.clock.now(),
    });
    hub.github.actions.merge(place);
    expect(await forge.pullRequest(ref, installationId)).toMatchObject({
      open: false,
      merged: true,
      closedAt: hub.clock.now(),
    });
  });

  it('from a fork is known as such', async () => {
    const actor = hub.seed.people.outsider;
    hub.github.actions.pushToFork({ repository, actor, ref: 'theirs', files: { 'a.txt': '1' } });
    const { number } = hub.github.actions.openPullRequest({
      repository,
      actor,
      head: 'theirs',
      forkOwner: actor,
      title: 'x',
    });
    expect(await forge.pullRequest({ repository, number }, installationId)).toMatchObject({ fromFork: true });
  });

  it('that does not exist is undefined', async () => {
    expect(await forge.pullRequest({ ...ref, number: 9999 }, installationId)).toBeUndefined();
  });

  it('is not taken for absent when GitHub fails', async () => {
    hub.github.faults.addRest({ operation: 'pulls/get', effect: { kind: 'status', status: 503 } });
    await expect(forge.pullRequest(ref, installationId)).rejects.toMatchObject({ name: 'TransientError' });
  });

  it('changes the paths it adds, changes and renames, on all pages', async () => {
    const files = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`docs/${index}.md`, `${index}`]));
    hub.github.actions.push({ ...place, ref: hub.seed.branch, files });
    const paths = await forge.changedPaths(ref, installationId);
    expect(paths).toHaveLength(131);
    expect(paths).toContain('app/checkout.js');
    expect(paths).toEqual([...paths].sort());
  });
});

describe('a file', () => {
  const file = { repository, path: '.github/ephemeral.yml' };

  it('is read at a commit', async () => {
    const { branch } = hub.seed;
    hub.github.actions.push({ ...place, ref: branch, files: { '.github/ephemeral.yml': 'version: 2 # é\n' } });
    const pushed = hub.github.store.repository(repository).branches.get(branch) ?? '';
    expect(await forge.file({ ...file, installationId, sha: hub.head })).toBe('version: 1\n');
    expect(await forge.file({ ...file, installationId, sha: pushed })).toBe('version: 2 # é\n');
  });

  it('that is not there is undefined, and so is a folder', async () => {
    expect(await forge.file({ repository, installationId, path: 'nope.yml', sha: hub.head })).toBeUndefined();
    expect(await forge.file({ repository, installationId, path: 'app', sha: hub.head })).toBeUndefined();
  });
});

describe('the last commit that touches paths', () => {
  it('is the newest of all of them, and the branch’s head when none is named', async () => {
    const { developer } = hub.seed.people;
    const push = (path: string): string => {
      hub.clock.advance(60);
      return hub.github.actions.push({ repository, actor: developer, ref: 'main', files: { [path]: path } }).sha;
    };
    const lib = push('lib/a.js');
    const app = push('app/b.js');
    const docs = push('docs/c.md');
    const request = { repository, installationId, branch: 'main' };
    expect(await forge.lastCommitTouching({ ...request, paths: ['lib'] })).toBe(lib);
    expect(await forge.lastCommitTouching({ ...request, paths: ['lib', 'app'] })).toBe(app);
    expect(await forge.lastCommitTouching({ ...request, paths: [] })).toBe(docs);
    expect(await forge.lastCommitTouching({ ...request, paths: ['nowhere'] })).toBeUndefined();
  });
});

describe('a label', () => {
  it('is taken off, and it is no error when it is not there', async () => {
    hub.github.actions.label({ ...place, label: 'ephemeral' });
    await forge.removeLabel(ref, installationId, 'ephemeral');
    await forge.removeLabel(ref, installationId, 'ephemeral');
    expect((await forge.pullRequest(ref, installationId))?.labels).toEqual([]);
  });
});

describe('all files of a commit', () => {
  const head = () => hub.github.store.repository(repository).branches.get('main') ?? '';

  it('are listed by one request, and what is the same has the same SHA', async () => {
    hub.github.actions.push({ ...place, ref: 'main', files: { 'db/a.xml': '<é/>', 'x/b.xml': '<é/>' } });
    const files = (await forge.tree({ repository, installationId, sha: head() })) ?? [];
    const [a, b] = ['db/a.xml', 'x/b.xml'].map((path) => files.find((file) => file.path === path));
    expect(a).toEqual({ path: 'db/a.xml', sha: b?.sha, bytes: 5 });
    expect(files.map(({ path }) => path)).not.toContain('db');
  });

  it('are not those of a commit that is not there', async () => {
    const asked = forge.tree({ repository, installationId, sha: '0'.repeat(40) });
    await expect(asked).rejects.toMatchObject({ reason: 'GitHubNotFound' });
  });
});

describe('another repository', () => {
  const mayRead = async (login: string) => await forge.mayRead({ repository: 'acme/schema', installationId, login });

  it.each([
    ['private', true, [true, false]],
    ['public', false, [true, true]],
  ])(
    'that is %s may be read by those who have a role there, and nobody else unless all may',
    async (_, isPrivate, expected) => {
      const { developer, outsider } = hub.seed.people;
      const collaborators = { [developer]: 'read' } as const;
      hub.github.founding.addRepository({ owner: 'acme', name: 'schema', isPrivate, files: { a: '1' }, collaborators });
      expect([await mayRead(developer), await mayRead(outsider)]).toEqual(expected);
    },
  );

  it('that is not there may be read by nobody', async () => {
    expect(await mayRead(hub.seed.people.owner)).toBe(false);
  });
});

describe('a folder', () => {
  const listing = async (path: string) =>
    await forge.filesBelow({
      repository,
      installationId,
      path,
      sha: hub.github.store.repository(repository).branches.get('main') ?? '',
    });
  const push = (files: Readonly<Record<string, string>>) =>
    void hub.github.actions.push({ ...place, ref: 'main', files });

  it('is listed by one request, whatever is beside it', async () => {
    push({ 'app/db/V1__a.sql': '1', 'app/db/V2__b.sql': '2', 'app/dbx/V3__c.sql': '3' });
    const before = hub.github.requestLog.length;
    expect(await listing('app/db')).toEqual(['V1__a.sql', 'V2__b.sql']);
    const asked = hub.github.requestLog.slice(before).map(({ operation }) => operation);
    expect(asked.filter((operation) => !operation?.startsWith('apps/'))).toEqual(['repos/get-content']);
  });

  it('is listed with what stands in folders of its own', async () => {
    push({ 'db/2024/V1__a.sql': '1', 'db/2025/02/V2__b.sql': '2', 'db/V3__c.sql': '3' });
    push({ 'app/db/V4__d.sql': '4', 'app/db/more/V5__e.sql': '5' });
    expect(await listing('app/db')).toEqual(['V4__d.sql', 'more/V5__e.sql']);
    expect(await listing('db')).toEqual(['2024/V1__a.sql', '2025/02/V2__b.sql', 'V3__c.sql']);
  });

  it('is listed whole where one listing would end before it does', async () => {
    push(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`db/V${index}__x.sql`, `${index}`])));
    expect(await listing('db')).toHaveLength(1001);
  });

  it('that is not there, or is a file, is undefined', async () => {
    push({ 'db/V1__a.sql': '1' });
    expect(await listing('nowhere')).toBeUndefined();
    expect(await listing('db/V1__a.sql')).toBeUndefined();
  });
});
