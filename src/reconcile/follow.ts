import type { Intent } from '../domain/intent.ts';
import type { EnvironmentRecord } from './store.ts';
import type { PullRequestSnapshot, Push } from './what-is-asked.ts';

/**
 * What is wanted now that the pull request is as in the snapshot. Who can push to a branch of the repository decides what
 * runs, unless it is a bot that nobody listed: its commit becomes the head, and waits until somebody approves it. Where it
 * is not known who pushed, the head stays where it was; the push itself, or GitHub when it is asked, tells.
 */
export function followed(
  { intent, resolution }: EnvironmentRecord,
  { snapshot, push }: { snapshot: PullRequestSnapshot; push: Push },
): Partial<Intent> {
  switch (push.by) {
    case 'person':
      return { ...snapshot, pushedByBot: null };
    case 'bot':
      // What was read to be deployed before the push was heard of is no news.
      return resolution?.headSha === snapshot.headSha && intent.headSha === snapshot.headSha
        ? snapshot
        : { ...snapshot, pushedByBot: push.login };
    case 'unknown': {
      const { headSha, headRef } = intent;
      return { ...snapshot, headSha, headRef };
    }
  }
}
