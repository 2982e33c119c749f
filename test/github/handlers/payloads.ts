const REPOSITORY = { id: 1, name: 'vol-app', full_name: 'dvsa/vol-app', owner: { login: 'dvsa' } };

export const HEAD_SHA = 'a'.repeat(40);
export const BEFORE_SHA = '0'.repeat(39).concat('1');
const NOON = '2026-11-20T12:00:00Z';

interface Sender {
  readonly login: string;
  readonly type?: string;
}

const ALICE: Sender = { login: 'alice', type: 'User' };

function event(action: string, sender: Sender): Record<string, unknown> {
  return { action, installation: { id: 7 }, repository: REPOSITORY, sender: { type: 'User', ...sender } };
}

/** A `pull_request` event: as much of it as GitHub's examples agree on and handlers read. */
export function pullRequestEvent(
  action: string,
  more: {
    sender?: Sender;
    labels?: readonly string[];
    label?: string;
    state?: string;
    merged?: boolean;
    fork?: 'fork' | 'deleted';
    title?: string;
    draft?: boolean;
    closedAt?: string;
    /** Null when the account is deleted. */
    author?: Sender | null;
  } = {},
): Record<string, unknown> {
  const {
    sender = ALICE,
    labels = [],
    label,
    state = 'open',
    merged = false,
    fork,
    title = 'feat: x',
    draft = false,
    closedAt,
    author = ALICE,
  } = more;
  const repos = { fork: { id: 2 }, deleted: null };
  return {
    ...event(action, sender),
    number: 1721,
    ...(action === 'synchronize' ? { before: BEFORE_SHA, after: HEAD_SHA } : {}),
    ...(label === undefined ? {} : { label: { name: label } }),
    pull_request: {
      number: 1721,
      state,
      merged,
      title,
      draft,
      user: author,
      updated_at: NOON,
      closed_at: closedAt,
      labels: labels.map((name) => ({ name })),
      head: { ref: 'feature', sha: HEAD_SHA, repo: fork ? repos[fork] : { id: 1 } },
      base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 1 } },
    },
  };
}

/** An `issue_comment` event on a pull request, or on an issue. */
export function commentEvent(
  body: string,
  more: {
    action?: string;
    sender?: Sender;
    isPull?: boolean;
    /** What stood there before an edit. */
    from?: string;
    /** The app that wrote it in the sender's name. */
    viaApp?: string;
  } = {},
): Record<string, unknown> {
  const { action = 'created', sender = ALICE, isPull = true, from, viaApp } = more;
  return {
    ...event(action, sender),
    issue: { number: 1721, state: 'open', ...(isPull ? { pull_request: { url: 'x' } } : {}) },
    ...(action === 'edited' && { changes: from === undefined ? {} : { body: { from } } }),
    comment: {
      id: 99,
      body,
      user: sender,
      created_at: NOON,
      performed_via_github_app: viaApp === undefined ? null : { id: 1, slug: viaApp },
    },
  };
}

/** A `check_run` event about a check run of our own, unless `more` says otherwise. */
export function checkRunEvent(
  action: string,
  more: {
    identifier?: string;
    appId?: number;
    externalId?: string;
    headSha?: string;
    pullHead?: string;
    sender?: Sender;
  } = {},
): Record<string, unknown> {
  const {
    identifier,
    appId = 480_001,
    externalId = 'dvsa/vol-app#1721',
    headSha = HEAD_SHA,
    pullHead = HEAD_SHA,
  } = more;
  return {
    ...event(action, more.sender ?? ALICE),
    ...(identifier === undefined ? {} : { requested_action: { identifier } }),
    check_run: {
      id: 5,
      external_id: externalId,
      head_sha: headSha,
      app: { id: appId },
      pull_requests: [{ number: 1721, head: { sha: pullHead } }],
    },
  };
}

/** A `workflow_run` event. */
export function workflowRunEvent(action: string, run: { id: number; event: string }): Record<string, unknown> {
  return {
    ...event(action, ALICE),
    workflow: { id: 1 },
    workflow_run: { ...run, status: 'in_progress', conclusion: null },
  };
}
