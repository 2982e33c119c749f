import { digestOf } from '../../src/domain/digest.ts';
import type { Forge, PullRequestFacts } from '../../src/reconcile/forge.ts';
import type { LabelHistory } from '../../src/reconcile/roster.ts';
import { environmentRecord } from './environment-record.ts';

/** A GitHub of one pull request, that of `environmentRecord`; what is put in `errors` is thrown once. */
export interface FakeForge extends Forge {
  facts: PullRequestFacts | undefined;
  history: LabelHistory;
  blueprint: string | undefined;
  /** By commit, where another than `blueprint` stands there. */
  readonly blueprints: Map<string, string>;
  /** What stands in any folder that is asked for; undefined where there is none. */
  folder: readonly string[] | undefined;
  /** The files of any commit, by path; their texts are what `file` answers with. */
  readonly files: Map<string, string>;
  /** Logins that may not read another repository. */
  readonly strangers: Set<string>;
  /** Who wrote the head. */
  bot: string | undefined;
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
    blueprints: new Map(),
    folder: undefined,
    files: new Map(),
    strangers: new Set(),
    bot: undefined,
    calls,
    errors,
    async pullRequest() {
      call('pullRequest');
      return await Promise.resolve(forge.facts);
    },
    async file({ sha, path }) {
      call('file');
      return await Promise.resolve(forge.files.get(path) ?? forge.blueprints.get(sha) ?? forge.blueprint);
    },
    async filesBelow() {
      call('filesBelow');
      return await Promise.resolve(forge.folder);
    },
    async tree() {
      call('tree');
      const files = [...forge.files].map(([path, text]) => ({ path, sha: digestOf(text), bytes: text.length }));
      return await Promise.resolve(files);
    },
    async mayRead({ login }) {
      call('mayRead');
      return await Promise.resolve(!forge.strangers.has(login));
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
    async botBehind() {
      call('botBehind');
      return await Promise.resolve(forge.bot);
    },
    async removeLabel() {
      call('removeLabel');
      await Promise.resolve();
    },
  };
  return forge;
}
