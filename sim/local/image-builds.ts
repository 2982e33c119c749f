import type { ECRClient } from '@aws-sdk/client-ecr';
import { renderTag } from '../../src/domain/image-tag.ts';
import type { SimClock } from '../clock.ts';
import type { GitHubSimulator } from '../github/server.ts';
import { pushImage } from '../seed/compute.ts';
import { BUILT_IMAGES, REPOSITORY } from './first-users.ts';

/** How long the first users' workflow takes to build and push a branch's images is not published; this is assumed. */
export const BUILD_SECONDS = 75;
const WATCH_SECONDS = 2;

/** Stands for the workflows of the repository: what is pushed to a labelled pull request is built, and main always is. */
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
  const begun = new Set<string>(history(github));
  const running = new Set<Promise<void>>();
  let cancel = (): void => undefined;

  function buildLater(tag: string): void {
    clock.after(buildSeconds, () => {
      const build = publish(ecr, tag).finally(() => running.delete(build));
      running.add(build);
    });
  }

  function watch(): void {
    const [tip] = history(github);
    if (tip !== undefined && !begun.has(tip)) {
      begun.add(tip);
      buildLater(tip.slice(0, 10));
    }
    for (const { state, labels, head, number } of github.store.repository(REPOSITORY).pullRequests.values()) {
      if (state === 'open' && labels.includes(label) && !begun.has(head.sha)) {
        begun.add(head.sha);
        const tag = renderTag(tagTemplate, { branch: head.ref, sha: head.sha, number });
        if (tag !== undefined) {
          buildLater(tag);
        }
      }
    }
    cancel = clock.after(WATCH_SECONDS, watch);
  }

  watch();
  return {
    publishMain: async () => await publishMainImages(github, ecr),
    async stop() {
      cancel();
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
