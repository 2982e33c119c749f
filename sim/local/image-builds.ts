import type { ECRClient } from '@aws-sdk/client-ecr';
import { renderTag } from '../../src/domain/image-tag.ts';
import type { SimClock } from '../clock.ts';
import type { GitHubSimulator } from '../github/server.ts';
import { pushImage } from '../seed/compute.ts';
import { BUILT_IMAGES, REPOSITORY } from './first-users.ts';
import { startRunner } from './workflow-runs.ts';

/** How long the first users' workflow takes to build and push a branch's images is not published; this is assumed. */
export const BUILD_SECONDS = 75;
const WATCH_SECONDS = 2;
const BUILD_WORKFLOW = 'ephemeral-build.yaml';

/**
 * Stands for the workflows of the repository: what is pushed to a labelled pull request is built, main always is, and so
 * is what somebody asks for by hand.
 */
export interface ImageBuilds {
  /** Images of main's commits, as its own pipeline would have pushed them long ago. */
  publishMain(): Promise<void>;
  /** Begins no more, and resolves once what is being pushed has been. The clock is to be stopped first. */
  stop(): Promise<void>;
}

export interface ImageBuildParts {
  readonly github: GitHubSimulator;
  readonly ecr: ECRClient;
  readonly clock: SimClock;
  readonly label: string;
  readonly tagTemplate: string;
  readonly buildSeconds?: number;
}

export function startImageBuilds({
  github,
  ecr,
  clock,
  label,
  tagTemplate,
  buildSeconds = BUILD_SECONDS,
}: ImageBuildParts): ImageBuilds {
  // Main's commits of before were built before.
  const builds = new Map<string, Promise<void>>(history(github).map((sha) => [sha, Promise.resolve()]));
  const running = new Set<Promise<void>>();
  let cancel = (): void => undefined;

  /** Whoever asks for a commit's images again meets the build that is under way. */
  async function build(sha: string, tag: string): Promise<void> {
    const begun = builds.get(sha) ?? push(tag);
    builds.set(sha, begun);
    await begun;
  }

  async function push(tag: string): Promise<void> {
    await clock.sleep(buildSeconds);
    const pushing = publish(ecr, tag).finally(() => running.delete(pushing));
    running.add(pushing);
    await pushing;
  }

  function watch(): void {
    const [tip] = history(github);
    if (tip !== undefined) {
      void build(tip, tip.slice(0, 10));
    }
    for (const { state, labels, head, number } of github.store.repository(REPOSITORY).pullRequests.values()) {
      const isBuilt = state === 'open' && labels.includes(label);
      const tag = isBuilt ? renderTag(tagTemplate, { branch: head.ref, sha: head.sha, number }) : undefined;
      if (tag !== undefined) {
        void build(head.sha, tag);
      }
    }
    cancel = clock.after(WATCH_SECONDS, watch);
  }

  const stopRunner = startRunner({
    github,
    clock,
    workflow: BUILD_WORKFLOW,
    async play({ inputs: { branch = '', sha = '' } }) {
      const tag = renderTag(tagTemplate, { branch, sha });
      if (tag === undefined) {
        return 'failure';
      }
      await build(sha, tag);
      return 'success';
    },
  });
  watch();
  return {
    publishMain: async () => await publishMainImages(github, ecr),
    async stop() {
      cancel();
      stopRunner();
      await Promise.allSettled(running);
    },
  };
}

/** What main's own pipeline would have pushed long ago: the images of each of its commits. */
export async function publishMainImages(github: GitHubSimulator, ecr: ECRClient): Promise<void> {
  for (const sha of history(github)) {
    await publish(ecr, sha.slice(0, 10));
  }
}

async function publish(ecr: ECRClient, tag: string): Promise<void> {
  await Promise.all(BUILT_IMAGES.map(async (name) => await pushImage(ecr, `vol-app/${name}:${tag}`)));
}

/** Commits of main, newest first. */
function history({ store }: GitHubSimulator): string[] {
  const { branches, commits, defaultBranch } = store.repository(REPOSITORY);
  const found: string[] = [];
  for (let sha = branches.get(defaultBranch); sha !== undefined; sha = commits.get(sha)?.parents[0]) {
    found.push(sha);
  }
  return found;
}
