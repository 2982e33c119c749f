import { TransientError } from '../domain/failure.ts';
import type { Intent } from '../domain/intent.ts';
import { changeIntent } from './change-intent.ts';
import type { Clock } from './clock.ts';
import type { Forge } from './forge.ts';
import type { ChangelogReader } from './migrations/changelog-reader.ts';
import { listMigrations } from './migrations/list-migrations.ts';
import type { MigrationsPlace } from './migrations/migrations-place.ts';
import type { BlueprintTexts } from './plan/blueprint-of.ts';
import type { BaseBlueprint, BlueprintTerms, EnvironmentRecord, Resolution, Store } from './store.ts';
import { SupersededError } from './superseded.ts';

/** A service as far as its images go: which paths of the repository it is built from. */
export interface BuiltService {
  readonly name: string;
  readonly paths: readonly string[];
  /** The branch whose images it falls back to; null for the pull request's base. */
  readonly branch: string | null;
}

const READ_AGAIN_MS = 5 * 60_000;

export interface ResolvePorts {
  readonly store: Store;
  readonly forge: Forge;
  readonly changelogs?: ChangelogReader | undefined;
  readonly clock: Clock;
  readonly blueprintPath: string;
  /** How the blueprint's texts are read. */
  readonly reader: {
    /** Services that fall back to the base branch, so that only their commits are asked for. */
    untouched(texts: BlueprintTexts, changedPaths: readonly string[]): readonly BuiltService[];
    /** Where migrations are; undefined where there is nothing to be listed. */
    migrations(texts: BlueprintTexts): MigrationsPlace | undefined;
    /** Undefined when it cannot be read. */
    terms(texts: BlueprintTexts): BlueprintTerms | undefined;
  };
  /** The platform's own: what was given when the environment was asked for, and the furthest it may be given. */
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
}

/**
 * What GitHub says of the wanted commit, read once for each commit and kept. The first one of a life also gives it the
 * blueprint's time to live: then the intent has changed, and `SupersededError` is thrown. That there is no blueprint is
 * not kept: GitHub answers so as well of what it does not have yet, a moment after a push.
 */
export async function resolve(record: EnvironmentRecord, ports: ResolvePorts): Promise<Resolution> {
  if (record.resolution && isOf(record.resolution, record.intent)) {
    return await withMigrations(record, record.resolution, ports);
  }
  const resolution = await read(record, ports);
  if (isMissing(resolution)) {
    return resolution;
  }
  if (await moveExpiry(record, resolution, ports)) {
    throw new SupersededError();
  }
  await ports.store.saveOutcome(record.identity.id, record.life, { resolution });
  return resolution;
}

async function read(record: EnvironmentRecord, ports: ResolvePorts): Promise<Resolution> {
  const { forge, clock, blueprintPath, reader } = ports;
  const { identity, installationId, intent } = record;
  const { repository } = identity.pullRequest;
  const [text, changedPaths, base] = await Promise.all([
    forge.file({ repository, installationId, path: blueprintPath, sha: intent.headSha }),
    forge.changedPaths(identity.pullRequest, installationId),
    intent.fromFork ? readBase(record, ports) : undefined,
  ]);
  const texts = { headSha: intent.headSha, blueprint: text ?? null, ...(base && { base }) };
  const services = reader.untouched(texts, changedPaths);
  const place = reader.migrations(texts);
  const [commits, migrations] = await Promise.all([
    Promise.all(
      services.map(async ({ name, paths, branch }) => {
        const of = { repository, installationId, branch: branch ?? intent.baseRef, paths };
        const sha = await forge.lastCommitTouching(of);
        return [name, sha ?? ''] as const;
      }),
    ),
    place && listMigrations(record, place, ports),
  ]);
  const terms = reader.terms(texts);
  const madeOf = record.admittedAt ? (record.resolution?.madeOf ?? record.resolution) : null;
  return {
    ...texts,
    ...(madeOf && { madeOf }),
    readAt: clock.now().toISOString(),
    changedPaths,
    baseCommits: Object.fromEntries(commits.filter(([, sha]) => sha !== '')),
    ...(terms && { terms }),
    ...(migrations && { migrations }),
  };
}

/** Whether Mayfly may read another repository is changed there, by no push: what could not be read is tried again. */
async function withMigrations(
  record: EnvironmentRecord,
  resolution: Resolution,
  ports: ResolvePorts,
): Promise<Resolution> {
  const { migrations: kept } = resolution;
  const { clock, reader, store } = ports;
  if (!kept || !('problem' in kept) || clock.now().getTime() < Date.parse(kept.readAt) + READ_AGAIN_MS) {
    return resolution;
  }
  const place = reader.migrations(resolution);
  const migrations = place && (await unlessForNow(async () => await listMigrations(record, place, ports)));
  if (!migrations) {
    return resolution;
  }
  const again = { ...resolution, migrations };
  await store.saveOutcome(record.identity.id, record.life, { resolution: again });
  return again;
}

/** Nothing hangs on it: undefined when it would have to be tried another time. */
async function unlessForNow<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TransientError) {
      return undefined;
    }
    throw error;
  }
}

function isMissing({ blueprint, base }: BlueprintTexts): boolean {
  return blueprint === null || base?.blueprint === null;
}

/** A fork's commit has its rights from a branch, so it is read anew for another one. */
function isOf({ headSha, base }: Resolution, intent: EnvironmentRecord['intent']): boolean {
  return headSha === intent.headSha && (!intent.fromFork || base?.ref === intent.baseRef);
}

/** The branch's tip first, and its file at that very commit, so that what is read is what is named. */
async function readBase(record: EnvironmentRecord, { forge, blueprintPath }: ResolvePorts): Promise<BaseBlueprint> {
  const { identity, installationId, intent } = record;
  const place = { repository: identity.pullRequest.repository, installationId };
  const sha = await forge.lastCommitTouching({ ...place, branch: intent.baseRef, paths: [] });
  const text = sha === undefined ? undefined : await forge.file({ ...place, path: blueprintPath, sha });
  return { ref: intent.baseRef, sha: sha ?? '', blueprint: text ?? null };
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
