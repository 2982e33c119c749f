import { addLabel, removeLabel } from '../behaviour/labels.ts';
import {
  closePullRequest,
  editPullRequest,
  mergePullRequest,
  openPullRequest,
  reopenPullRequest,
  setDraft,
} from '../behaviour/pull-requests.ts';
import type { PullRequest } from '../entities/repository.ts';
import type { World } from '../world.ts';
import type { In, On, Places } from './places.ts';

export interface OpenPullRequest extends In {
  readonly title: string;
  readonly body?: string;
  /** Branch to merge; it must be pushed already. */
  readonly head: string;
  /** Default: the default branch. */
  readonly base?: string;
  readonly draft?: boolean;
  readonly number?: number;
  /** Login of the fork's owner; the fork must have been made by `fork` or `pushToFork`. */
  readonly forkOwner?: string;
}

/** What people do with a pull request's own page. */
export function createPullRequests(world: World, places: Places) {
  return {
    openPullRequest(at: OpenPullRequest): PullRequest {
      const place = places.scene(at, at.forkOwner === undefined ? 'write' : 'read');
      const { repository } = place;
      const from =
        at.forkOwner === undefined ? repository : world.store.repository(`${at.forkOwner}/${repository.name}`);
      const { title, body, draft = false, number, base = repository.defaultBranch } = at;
      const head = { repository: from, ref: at.head };
      return openPullRequest(world, place, { title, body, draft, base, head, ...(number !== undefined && { number }) });
    },
    editPullRequest: (at: On & { title?: string; body?: string }): void =>
      editPullRequest(world, places.asAuthorOr(at, 'write'), {
        ...(at.title !== undefined && { title: at.title }),
        ...(at.body !== undefined && { body: at.body }),
      }),
    close: (at: On): void => closePullRequest(world, places.asAuthorOr(at, 'triage')),
    reopen: (at: On): void => reopenPullRequest(world, places.asAuthorOr(at, 'triage')),
    /** The merge commit's SHA. */
    merge: (at: On): string => mergePullRequest(world, places.on(at, 'write')),
    convertToDraft: (at: On): void => setDraft(world, places.asAuthorOr(at, 'write'), true),
    readyForReview: (at: On): void => setDraft(world, places.asAuthorOr(at, 'write'), false),
    label: (at: On & { label: string }): void => addLabel(world, places.on(at, 'triage'), at.label),
    unlabel: (at: On & { label: string }): void => removeLabel(world, places.on(at, 'triage'), at.label),
  };
}
