import { leftoversOf } from '../../sim/demo/leftovers.ts';
import type { CheckRun } from '../../sim/github/entities/check-run.ts';
import type { Deployment } from '../../sim/github/entities/deployment.ts';
import { ZONE } from '../../sim/local/first-users.ts';
import { environmentId } from '../../src/domain/environment.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../src/reconcile/store.ts';
import type { TestCloud } from './local-cloud.ts';

const ENVIRONMENT_MARKER = '<!-- mayfly:environment -->';
const WARNING_MARKER = '<!-- mayfly:warning -->';
const REPLY_MARKER = '<!-- mayfly:reply:';
/** Real milliseconds between two looks at the state of the world. */
const LOOK_MS = 15;
const LIMIT_SECONDS = 1800;

/** One pull request of the local GitHub: what people do with it, and what can be seen of it from outside. */
export interface PullRequest {
  readonly number: number;
  /** `pr-7` */
  readonly environment: string;
  readonly at: { readonly repository: string; readonly number: number; readonly actor: string };
  head(): string;
  label(): void;
  unlabel(): void;
  close(): void;
  reopen(): void;
  /** The new head. An undefined file is deleted. */
  push(files: Readonly<Record<string, string | undefined>>): string;
  /** The comment's id. */
  say(body: string, actor?: string): number;
  record(): Promise<EnvironmentRecord | undefined>;
  rows(): Promise<readonly ResourceRecord[]>;
  /** The environment's comments; a test expects one. */
  comments(): readonly string[];
  /** The environment's comment; empty before there is one. */
  comment(): string;
  warnings(): readonly string[];
  /** Replies to one comment. */
  repliesTo(commentId: number): readonly string[];
  reactionsTo(commentId: number): readonly string[];
  /** Check runs of a commit, the head's unless another is given. */
  checks(sha?: string): readonly CheckRun[];
  /** `completed success: Ready: 2 services at 1234567`; empty without a check run. */
  check(sha?: string): string;
  deployments(): readonly Deployment[];
  /** The newest status of the newest deployment of the head; empty without one. */
  deployed(): string;
  labels(): readonly string[];
  /** What of it is in the account, asked of each service and found by name. */
  inAccount(): Promise<readonly string[]>;
  visit(host: string, path?: string): Promise<{ readonly status: number; readonly image: string }>;
  /** Looks until `isThere`; throws after half an hour of simulated time, saying what stands instead. */
  until(what: string, isThere: () => boolean | Promise<boolean>): Promise<void>;
  /** Every webhook was answered, and nothing of what they said waits. */
  untilTakenIn(): Promise<void>;
  /** The head is served, and the pull request says so. */
  untilReady(): Promise<void>;
  /** Everything is gone, and the pull request says so. */
  untilGone(): Promise<void>;
}

/** A pull request of the first users' repository as it stands in the seed. */
export function pullRequest(cloud: TestCloud, number: number): PullRequest {
  const id = () => environmentId({ repository: cloud.now.seed.repository, number });
  const repository = () => cloud.now.github.store.repository(cloud.now.seed.repository);
  const at = {
    get repository() {
      return cloud.now.seed.repository;
    },
    number,
    get actor() {
      return cloud.now.seed.people.developer;
    },
  };
  const onGitHub = () => {
    const found = repository().pullRequests.get(number);
    if (!found) {
      throw new Error(`there is no pull request ${number}`);
    }
    return found;
  };
  const own = (marker: string): string[] =>
    [...repository().comments.values()]
      .filter((comment) => comment.number === number && comment.author.type === 'Bot')
      .map(({ body }) => body)
      .filter((body) => body.includes(marker));

  const pull: PullRequest = {
    number,
    environment: `pr-${number}`,
    at,
    head: () => onGitHub().head.sha,
    label: () => cloud.now.github.actions.label({ ...at, label: cloud.now.label }),
    unlabel: () => cloud.now.github.actions.unlabel({ ...at, label: cloud.now.label }),
    close: () => cloud.now.github.actions.close(at),
    reopen: () => cloud.now.github.actions.reopen(at),
    push: (files) => cloud.now.github.actions.push({ ...at, ref: onGitHub().head.ref, files }).sha,
    say: (body, actor = at.actor) => cloud.now.github.actions.comment({ ...at, actor, body }).id,
    record: async () => await cloud.now.mayfly.store.environment(id()),
    async rows() {
      const record = await pull.record();
      return record ? await cloud.now.mayfly.store.resources(id(), record.life) : [];
    },
    comments: () => own(ENVIRONMENT_MARKER),
    comment: () => own(ENVIRONMENT_MARKER)[0] ?? '',
    warnings: () => own(WARNING_MARKER),
    repliesTo: (commentId) => own(`${REPLY_MARKER}${commentId} `),
    reactionsTo: (commentId) => (repository().comments.get(commentId)?.reactions ?? []).map(({ content }) => content),
    checks: (sha = pull.head()) => [...repository().checkRuns.values()].filter((run) => run.suite.headSha === sha),
    check: (sha) =>
      pull
        .checks(sha)
        .filter(({ externalId }) => externalId === id())
        .map(({ status, conclusion, output }) => `${status}${conclusion ? ` ${conclusion}` : ''}: ${output.title}`)
        .join('\n'),
    deployments: () =>
      [...repository().deployments.values()].filter(({ task }) => task.endsWith(`:${pull.environment}`)),
    deployed: () =>
      pull
        .deployments()
        .findLast(({ sha }) => sha === pull.head())
        ?.statuses.at(-1)?.state ?? '',
    labels: () => onGitHub().labels,
    inAccount: async () => await leftoversOf(pull.environment, cloud.now),
    async visit(host, path = '/') {
      const url = `https://${host === '' ? '' : `${host}.`}${pull.environment}.${ZONE}${path}`;
      const response = await cloud.now.fetch(url, { headers: { accept: 'application/json' } });
      const text = await response.text();
      const body: unknown = text.startsWith('{') ? JSON.parse(text) : {};
      const image = typeof body === 'object' && body !== null && 'image' in body ? String(body.image) : '';
      return { status: response.status, image };
    },
    async until(what, isThere) {
      const { clock } = cloud.now;
      const end = clock.now().getTime() + LIMIT_SECONDS * 1000;
      while (!(await isThere())) {
        if (clock.now().getTime() > end) {
          throw new Error(`${what} did not come about. The comment says:\n${pull.comment()}\n${pull.check()}`);
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    async untilTakenIn() {
      await cloud.now.github.settled();
      await pull.until('an empty inbox', async () => !(await cloud.now.mayfly.store.nextLetter(id())));
    },
    async untilReady() {
      await pull.until(
        'ready',
        () => pull.comment().includes('is ready') && pull.check().includes('Ready:') && pull.deployed() === 'success',
      );
    },
    async untilGone() {
      await pull.until('the end', () => pull.comment().includes('was removed') && !/Being|Ready/.test(pull.check()));
    },
  };
  return pull;
}

let opened = 0;

/** Opens a pull request of its own, whose branch carries `blueprint`: the repository's unless given, none when null. */
export function openPullRequest(
  cloud: TestCloud,
  { blueprint, labelled = false }: { blueprint?: string | null; labelled?: boolean },
): PullRequest {
  opened += 1;
  const { github, seed } = cloud.now;
  const place = { repository: seed.repository, actor: seed.people.developer };
  const head = `test-${opened}`;
  const changed = { [`notes/${head}.md`]: `${head}\n` };
  const files =
    blueprint === undefined
      ? changed
      : { ...changed, '.github/ephemeral.yml': blueprint === null ? undefined : blueprint };
  github.actions.push({ ...place, ref: head, message: head, files });
  const { number } = github.actions.openPullRequest({ ...place, head, title: `feat: number ${opened}` });
  const pull = pullRequest(cloud, number);
  if (labelled) {
    pull.label();
  }
  return pull;
}
