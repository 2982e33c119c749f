import { describe, expect, it } from '@jest/globals';
import { filesOf } from '../../src/github/folder.ts';
import type { Octokit } from '../../src/github/octokit-source.ts';

/** A GitHub that answers every question for a tree alike. */
function answering(data: unknown): Octokit {
  return { rest: { git: { getTree: async () => await Promise.resolve({ data }) } } } as unknown as Octokit;
}
const place = { repository: 'acme/shop', sha: 'a'.repeat(40) };

describe('the files of a tree', () => {
  it('are not links, whose SHA is none of what they lead to, nor folders or other repositories', async () => {
    const tree = [
      { path: 'a.xml', mode: '100644', type: 'blob', sha: '1', size: 3 },
      { path: 'run.sh', mode: '100755', type: 'blob', sha: '2', size: 4 },
      { path: 'link.xml', mode: '120000', type: 'blob', sha: '3', size: 5 },
      { path: 'db', mode: '040000', type: 'tree', sha: '4' },
      { path: 'etl', mode: '160000', type: 'commit', sha: '5' },
    ];
    expect(await filesOf(answering({ tree, truncated: false }), place)).toEqual([
      { path: 'a.xml', sha: '1', bytes: 3 },
      { path: 'run.sh', sha: '2', bytes: 4 },
    ]);
  });

  it('are nobody’s to name where GitHub lists only some', async () => {
    expect(await filesOf(answering({ tree: [], truncated: true }), place)).toBeUndefined();
  });
});
