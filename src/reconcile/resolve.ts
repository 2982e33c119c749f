import type { Clock } from './clock.ts';
import type { Forge } from './forge.ts';
import type { EnvironmentRecord, Resolution, Store } from './store.ts';

/** A service as far as its images go: which paths of the repository it is built from. */
export interface BuiltService {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface ResolvePorts {
  readonly store: Store;
  readonly forge: Forge;
  readonly clock: Clock;
  readonly blueprintPath: string;
}

/**
 * What GitHub says of the wanted commit, read once for each commit and kept. `untouched` tells from the blueprint's
 * text and the changed paths which services fall back to the base branch, so that only their commits are asked for.
 */
export async function resolve(
  record: EnvironmentRecord,
  { store, forge, clock, blueprintPath }: ResolvePorts,
  untouched: (blueprint: string, changedPaths: readonly string[]) => readonly BuiltService[],
): Promise<Resolution> {
  const { identity, installationId, intent } = record;
  if (record.resolution?.headSha === intent.headSha) {
    return record.resolution;
  }
  const { repository } = identity.pullRequest;
  const [text, changedPaths] = await Promise.all([
    forge.file({ repository, installationId, path: blueprintPath, sha: intent.headSha }),
    forge.changedPaths(identity.pullRequest, installationId),
  ]);
  const services = text === undefined ? [] : untouched(text, changedPaths);
  const commits = await Promise.all(
    services.map(async ({ name, paths }) => {
      const sha = await forge.lastCommitTouching({ repository, installationId, branch: intent.baseRef, paths });
      return [name, sha ?? ''] as const;
    }),
  );
  const resolution: Resolution = {
    headSha: intent.headSha,
    readAt: clock.now().toISOString(),
    blueprint: text ?? null,
    changedPaths,
    baseCommits: Object.fromEntries(commits.filter(([, sha]) => sha !== '')),
  };
  await store.saveOutcome(identity.id, { resolution });
  return resolution;
}
