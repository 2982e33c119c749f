import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../../sim/clock.ts';
import { changesBetween } from '../../../../sim/github/entities/history.ts';
import { seedVol } from '../../../../sim/github/seeds/vol.ts';
import { type GitHubSimulator, startGitHubSimulator } from '../../../../sim/github/server.ts';
import { userClient } from '../stage.ts';

async function vol<Result>(look: (github: GitHubSimulator) => Promise<Result>): Promise<Result> {
  const github = await startGitHubSimulator({ clock: createSteppedClock() });
  try {
    seedVol(github, { blueprint: 'version: 1\n' });
    return await look(github);
  } finally {
    await github.close();
  }
}

const repo = { owner: 'dvsa', repo: 'vol-app' };

describe('the seed of dvsa/vol-app', () => {
  it('has the real pull requests with their real numbers, branches and heads', async () => {
    await vol(async (github) => {
      const client = userClient(github, github.store.account('vol-developer').token);
      const { data } = await client.rest.pulls.list({ ...repo, per_page: 100 });
      expect(data).toHaveLength(19);
      const summary = new Map(
        data.map((pull) => [pull.number, `${pull.head.sha.slice(0, 10)} ${pull.head.ref} ${pull.user?.login ?? ''}`]),
      );
      expect(summary.get(1721)).toBe('ec021a6482 feat-VOL-7070-doctrine-orm-3-upgrade vol-developer');
      expect(summary.get(1717)).toBe('220b6f3167 7490-sas-mi-extract vol-reviewer');
      expect(summary.get(1711)).toBe('d22d7b2dee release-please--branches--main github-actions[bot]');
      expect(data.every(({ head }) => /^[0-9a-f]{40}$/.test(head.sha))).toBe(true);
      expect(github.violations).toEqual([]);
    });
  });

  it('has the changed areas, up to the 384 files that take four pages', async () => {
    await vol(async (github) => {
      const client = userClient(github, github.store.account('vol-developer').token);
      const files = await client.paginate(client.rest.pulls.listFiles, { ...repo, pull_number: 1721, per_page: 100 });
      expect(files).toHaveLength(385);
      expect(new Set(files.map(({ filename }) => filename.split('/').slice(0, 2).join('/')))).toEqual(
        new Set(['app/api', 'lib/olcs-common']),
      );
      expect(github.requestLog.filter(({ operation }) => operation === 'pulls/list-files')).toHaveLength(4);
      const areas = (number: number): string[] => {
        const repository = github.store.repository('dvsa/vol-app');
        const { base, head } = repository.pullRequests.get(number) ?? { base: { sha: '' }, head: { sha: '' } };
        return changesBetween(repository, base.sha, head.sha).map(({ path }) => path.split('/').slice(0, 2).join('/'));
      };
      expect(areas(1705)).toEqual(['lib/olcs-common']);
      expect(areas(1716)).toEqual(['app/api', 'app/selfserve']);
      expect(areas(1289)).toEqual(['app/cdn']);
    });
  });

  it('has the blueprint on every branch and a last commit on main for every part that is built', async () => {
    await vol(async (github) => {
      const client = userClient(github, github.store.account('vol-developer').token);
      const at = { ...repo, path: '.github/ephemeral.yml', mediaType: { format: 'raw' } };
      expect((await client.rest.repos.getContent({ ...at, ref: 'VOL-7442' })).data).toBe('version: 1\n');
      const last = async (path: string): Promise<string> => {
        const { data } = await client.rest.repos.listCommits({ ...repo, sha: 'main', path, per_page: 1 });
        return data[0]?.sha ?? '';
      };
      const parts = ['app/api', 'app/selfserve', 'app/internal', 'lib', 'app/cdn'];
      const shas = await Promise.all(parts.map(last));
      expect(new Set(shas).size).toBe(parts.length);
      expect(shas.every((sha) => sha !== '')).toBe(true);
    });
  });

  it('is the same on every machine', async () => {
    const heads = async () => await vol(async (github) => [...github.store.repository('dvsa/vol-app').branches]);
    expect(await heads()).toEqual(await heads());
  });
});
