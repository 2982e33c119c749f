import { parseChangelog } from '../changelog/parse-changelog.ts';
import type { Forge } from '../reconcile/forge.ts';
import { type ChangelogReader, createChangelogReader } from '../reconcile/migrations/changelog-reader.ts';
import type { MayflyParts } from './parts.ts';

/** Reads changelogs from GitHub. What could not be followed is also said in the log. */
export function changelogsOf({ log }: Pick<MayflyParts, 'log'>, { forge }: { forge: Forge }): ChangelogReader {
  const reader = createChangelogReader({ forge, parse: parseChangelog });
  return {
    async read(place, request) {
      const read = await reader.read(place, request);
      if ('problem' in read) {
        const { repository, sha } = place;
        log.info({ repository, sha, problem: read.problem }, 'a changelog could not be read, and nothing is compared');
      }
      return read;
    },
  };
}
