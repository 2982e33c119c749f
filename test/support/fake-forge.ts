import type { Forge, PullRequestFacts } from '../../src/reconcile/forge.ts';
import type { LabelHistory } from '../../src/reconcile/roster.ts';
import { environmentRecord } from './environment-record.ts';

/** A GitHub of one pull request, that of `environmentRecord`; what is put in `errors` is thrown once. */
export interface FakeForge extends Forge {
  facts: PullRequestFacts | undefined;
  history: LabelHistory;
  blueprint: string | undefined;
  readonly calls: string[];
  readonly errors: Partial<Record<keyof Forge, Error>>;
}

export function createFakeForge(): FakeForge {
  const { headSha, headRef, baseRef, title, author, authorIsBot } = environmentRecord(7).intent;
  const errors: Partial<Record<keyof Forge, Error>> = {};
  const calls: string[] = [];

  function call(method: keyof Forge): void {
    calls.push(method);
    const error = errors[method];
    if (error) {
      delete errors[method];
      throw error;
    }
  }

  const forge: FakeForge = {
    facts: {
      repository: environmentRecord(7).identity.pullRequest.repository,
      open: true,
      merged: false,
      draft: false,
      fromFork: false,
      headSha,
      headRef,
      baseRef,
      title,
      author,
      authorIsBot,
      labels: ['ephemeral'],
    },
    history: { asked: null, takenOff: null },
    blueprint: 'version: 1',
    calls,
    errors,
    async pullRequest() {
      call('pullRequest');
      return await Promise.resolve(forge.facts);
    },
    async file() {
      call('file');
      return await Promise.resolve(forge.blueprint);
    },
    async changedPaths() {
      call('changedPaths');
      return await Promise.resolve(['app/index.js']);
    },
    async lastCommitTouching() {
      call('lastCommitTouching');
      return await Promise.resolve('0d49b7586a0d49b7586a0d49b7586a0d49b7586a');
    },
    async labelHistory() {
      call('labelHistory');
      return await Promise.resolve(forge.history);
    },
    async removeLabel() {
      call('removeLabel');
      await Promise.resolve();
    },
  };
  return forge;
}
