import { describe, expect, it } from '@jest/globals';
import { livesElsewhere } from '../../src/reconcile/lives-elsewhere.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeForge } from '../support/fake-forge.ts';

const OLD_INSTALLATION = environmentRecord(7).installationId;
const NEW_INSTALLATION = 43;

describe('a pull request that had an environment under an earlier name', () => {
  /** A GitHub that shows `acme/shop` as `other/store` now, to an installation that may see that. */
  function setUp(live = [environmentRecord(6), environmentRecord(7)]) {
    const forge = createFakeForge();
    const asked: string[] = [];
    const pullRequest: typeof forge.pullRequest = async ({ repository, number }, installationId) => {
      asked.push(`${repository}#${number} by ${installationId}`);
      const seen = forge.facts && { ...forge.facts, repository: 'other/store' };
      return await Promise.resolve(installationId === OLD_INSTALLATION ? undefined : seen);
    };
    const find = async (repository: string) =>
      await livesElsewhere({ repository, number: 7 }, NEW_INSTALLATION, {
        store: { liveEnvironments: async () => await Promise.resolve(live) },
        forge: { pullRequest },
      });
    return { find, asked };
  }

  it('has it there still, also where the new owner has another installation', async () => {
    const { find, asked } = setUp();
    expect((await find('other/store'))?.identity.id).toBe('acme/shop#7');
    expect(asked).toEqual([`acme/shop#7 by ${NEW_INSTALLATION}`]);
  });

  it('is not one that only has the same number', async () => {
    const { find } = setUp();
    expect(await find('other/website')).toBeUndefined();
  });

  it('costs GitHub nothing where no environment has its number in another repository', async () => {
    const { find, asked } = setUp([environmentRecord(6)]);
    expect(await find('other/store')).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
