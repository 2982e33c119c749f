import type { Intent } from '../domain/intent.ts';
import { changeIntent } from './change-intent.ts';
import type { Clock } from './clock.ts';
import type { Forge } from './forge.ts';
import type { BlueprintTerms, EnvironmentRecord, Resolution, Store } from './store.ts';
import { SupersededError } from './superseded.ts';

/** A service as far as its images go: which paths of the repository it is built from. */
export interface BuiltService {
  readonly name: string;
  readonly paths: readonly string[];
  /** The branch whose images it falls back to; null for the pull request's base. */
  readonly branch: string | null;
}

export interface ResolvePorts {
  readonly store: Store;
  readonly forge: Forge;
  readonly clock: Clock;
  readonly blueprintPath: string;
  /** How the blueprint's text is read. */
  readonly reader: {
    /** Services that fall back to the base branch, so that only their commits are asked for. */
    untouched(blueprint: string, changedPaths: readonly string[]): readonly BuiltService[];
    /** Undefined when it cannot be read. */
    terms(blueprint: string): BlueprintTerms | undefined;
  };
  /** The platform's own: what was given when the environment was asked for, and the furthest it may be given. */
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
}

/**
 * What GitHub says of the wanted commit, read once for each commit and kept. The first one of a life also gives it the
 * blueprint's time to live: then the intent has changed, and `SupersededError` is thrown.
 */
export async function resolve(record: EnvironmentRecord, ports: ResolvePorts): Promise<Resolution> {
  const { store, forge, clock, blueprintPath, reader } = ports;
  const { identity, installationId, intent } = record;
  if (record.resolution?.headSha === intent.headSha) {
    return record.resolution;
  }
  const { repository } = identity.pullRequest;
  const [text, changedPaths] = await Promise.all([
    forge.file({ repository, installationId, path: blueprintPath, sha: intent.headSha }),
    forge.changedPaths(identity.pullRequest, installationId),
  ]);
  const services = text === undefined ? [] : reader.untouched(text, changedPaths);
  const commits = await Promise.all(
    services.map(async ({ name, paths, branch }) => {
      const of = { repository, installationId, branch: branch ?? intent.baseRef, paths };
      const sha = await forge.lastCommitTouching(of);
      return [name, sha ?? ''] as const;
    }),
  );
  const terms = text === undefined ? undefined : reader.terms(text);
  const resolution: Resolution = {
    headSha: intent.headSha,
    readAt: clock.now().toISOString(),
    blueprint: text ?? null,
    changedPaths,
    baseCommits: Object.fromEntries(commits.filter(([, sha]) => sha !== '')),
    ...(terms && { terms }),
  };
  if (await moveExpiry(record, resolution, ports)) {
    throw new SupersededError();
  }
  await store.saveOutcome(identity.id, record.life, { resolution });
  return resolution;
}

/**
 * Until its blueprint was read, an environment was given the platform's time to live. The difference is made up for once,
 * together with the resolution that says so, and leaves an extend in between what it was. True when something changed.
 */
async function moveExpiry(record: EnvironmentRecord, resolution: Resolution, ports: ResolvePorts): Promise<boolean> {
  const { ttlSeconds: wanted, maxTtlSeconds: cap } = resolution.terms ?? { ttlSeconds: null, maxTtlSeconds: null };
  const given = Math.min(wanted ?? ports.ttlSeconds, cap ?? ports.maxTtlSeconds, ports.maxTtlSeconds);
  const capSeconds = Math.min(cap ?? ports.maxTtlSeconds, ports.maxTtlSeconds);
  if (record.resolution !== null || (given === ports.ttlSeconds && capSeconds === ports.maxTtlSeconds)) {
    return false;
  }
  return await ports.store.transaction(async (transaction) => {
    const current = await transaction.environment(record.identity.id);
    if (!current || current.resolution !== null || current.life !== record.life) {
      return false;
    }
    const changed = changeIntent(current, timesOf(current, { bySeconds: given - ports.ttlSeconds, capSeconds }));
    await transaction.saveEnvironment({ ...changed, resolution });
    return changed !== current;
  });
}

/** One that waits for its slot has a life that is yet to begin, and an end of waiting. */
function timesOf(
  { admittedAt, createdAt, intent }: EnvironmentRecord,
  { bySeconds, capSeconds }: { bySeconds: number; capSeconds: number },
): Partial<Intent> {
  if (admittedAt) {
    return { expiresAt: new Date(intent.expiresAt.getTime() + bySeconds * 1000) };
  }
  const waitsUntil = Math.min(intent.expiresAt.getTime(), createdAt.getTime() + capSeconds * 1000);
  return {
    lifeSeconds: Math.min(intent.lifeSeconds + bySeconds, capSeconds),
    expiresAt: new Date(waitsUntil),
  };
}
