import type { LocalCloud } from '../local/local-cloud.ts';
import type { DemoOptions } from './options.ts';
import type { Story } from './story.ts';

const ENVIRONMENT_MARKER = '<!-- mayfly:environment -->';

/** What the demo prints with `--json`. Times of AWS are simulated; `ownOverheadSeconds` against another AWS is real. */
export interface DemoResult {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly simulated: boolean;
  readonly [figure: string]: unknown;
}

export function resultOf(
  story: Story,
  { cloud, options, notObservable }: { cloud: LocalCloud; options: DemoOptions; notObservable: readonly string[] },
): DemoResult {
  const critical = story.criticalPath;
  const own = ownComments(cloud, options.pullRequest);
  const comments = own.filter((body) => body.includes(ENVIRONMENT_MARKER)).length;
  const problems = [
    ...problemsOf(story, cloud),
    ...(comments === 1 ? [] : [`there are ${comments} comments about the environment, not one`]),
  ];
  return {
    ok: problems.length === 0,
    problems,
    simulated: cloud.aws !== undefined,
    // Another AWS lives by the wall's time, and so does everything that waits for it.
    speed: cloud.aws ? options.speed : 1,
    pullRequest: options.pullRequest,
    labelToReadySeconds: story.labelToReadySeconds,
    criticalPathSeconds: rounded(critical.seconds),
    criticalPath: critical.keys,
    overheadRatio:
      critical.seconds > 0 ? Math.round((story.labelToReadySeconds / critical.seconds) * 1000) / 1000 : null,
    ownOverheadSeconds: rounded(story.labelToReadySeconds - critical.seconds),
    awsCallsToReady: story.awsCallsToReady ?? null,
    comments,
    replies: own.length - comments,
    headSha: story.headSha,
    urls: story.urls,
    pushToReadySeconds: story.pushToReadySeconds,
    headShaAfterPush: story.headShaAfterPush,
    urlsAfterPush: story.urlsAfterPush,
    extendedTo: story.extendedTo.toISOString(),
    closeToGoneSeconds: story.closeToGoneSeconds,
    resourcesAfterClose: story.leftovers.length,
    leftovers: story.leftovers,
    receipt: story.receipt,
    notObservable,
  };
}

function problemsOf(story: Story, cloud: LocalCloud): string[] {
  const served = [...story.urls, ...story.urlsAfterPush];
  const silent = cloud.aws
    ? served.filter(({ status, isHead, isTouched }) => status !== 200 || isHead !== isTouched)
    : [];
  const open = story.receipt.filter(({ goneAt }) => goneAt === null);
  return [
    ...silent.map(({ url, status, image }) => `${url} answered ${status} from ${image}`),
    ...story.leftovers.map((name) => `${name} is still there`),
    ...open.map(({ key }) => `${key} was never seen gone`),
    ...cloud.github.violations,
  ];
}

function ownComments({ github, seed }: LocalCloud, number: number): string[] {
  const { comments } = github.store.repository(seed.repository);
  return [...comments.values()]
    .filter((comment) => comment.number === number && comment.author.type === 'Bot')
    .map(({ body }) => body);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
