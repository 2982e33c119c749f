import { contextsIn } from '../../domain/migrations/context-expression.ts';
import { MIGRATION_TOOLS } from '../../domain/migrations/tools.ts';
import type {
  Blueprint,
  BlueprintDatabase,
  BlueprintImages,
  BlueprintMigrations,
  BlueprintRef,
  BlueprintWorkflow,
} from './blueprint.ts';
import type { DatabaseInput } from './database-schema.ts';
import type { ImagesInput, RefInput, WorkflowInput } from './image-schema.ts';
import { resolveService, resolveTask } from './resolve-workload.ts';
import type { BlueprintInput } from './schema.ts';

const DEFAULT_DEADLINE_SECONDS = 15 * 60;
/** In Aurora capacity units. */
const DEFAULT_MAX = 2;
const DEFAULT_AUTO_PAUSE_SECONDS = 5 * 60;

/** Fills in every default of a file that the schema has accepted. */
export function resolveBlueprint(input: BlueprintInput): Blueprint {
  const { defaults } = input;
  return {
    version: 1,
    ttlSeconds: input.ttl ?? null,
    limits: { environments: input.limits.environments ?? null, maxTtlSeconds: input.limits.maxTtl ?? null },
    owners: input.owners,
    images: resolveImages(input.images),
    database: resolveDatabase(input.database),
    parameters: input.parameters.map(({ copy, to, set }) => ({
      copy: copy === undefined ? null : withFinalSlash(copy),
      to: withFinalSlash(to),
      set,
    })),
    secrets: input.secrets.map(({ copy, to, set }) => ({ copy: copy ?? null, to, set })),
    aliases: input.aliases,
    services: mapRecord(input.services, (service) => resolveService(service, defaults)),
    tasks: mapRecord(input.tasks, (task) => resolveTask(task, defaults)),
    refs: mapRecord(input.refs, resolveRef),
    smoke: input.smoke,
    suites: mapRecord(input.suites, resolveWorkflow),
    tags: input.tags,
    notifications: { slack: input.notifications.slack ?? null },
  };
}

function resolveImages(input: ImagesInput): BlueprintImages {
  const { fallback } = input;
  return {
    registry: input.registry ?? null,
    tag: input.tag ?? '{sha}',
    fallback:
      fallback === undefined ? null : { branch: fallback.branch ?? null, tags: [fallback.tag ?? '{pathSha}'].flat() },
    deadlineSeconds: input.deadline ?? DEFAULT_DEADLINE_SECONDS,
    build: input.build === undefined ? null : resolveWorkflow(input.build),
  };
}

function resolveDatabase(input: DatabaseInput): BlueprintDatabase | null {
  if (input === false) {
    return null;
  }
  const { min = 0.5, max = DEFAULT_MAX, autoPause = DEFAULT_AUTO_PAUSE_SECONDS } = input.capacity ?? {};
  return {
    name: input.name ?? null,
    port: input.port ?? 3306,
    capacity:
      max === 'auto'
        ? { min, max: Math.max(DEFAULT_MAX, min), autoPauseSeconds: autoPause, automatic: true }
        : { min, max, autoPauseSeconds: autoPause },
    credentials: input.credentials ?? 'secret',
    ...(input.migrations && { migrations: resolveMigrations(input.migrations) }),
  };
}

function resolveMigrations({
  tool,
  path,
  repository,
  ref,
  searchPath,
  contexts = '',
  table,
  diverged = 'warn',
}: NonNullable<Exclude<DatabaseInput, false>['migrations']>): BlueprintMigrations {
  return {
    tool,
    path: withoutSlashes(path),
    elsewhere: repository === undefined ? null : { repository, ref: ref ?? '' },
    searchPath: searchPath === undefined ? null : withoutSlashes(searchPath),
    contexts: contextsIn(contexts),
    table: table ?? MIGRATION_TOOLS[tool].table,
    diverged,
  };
}

function resolveWorkflow({ repository, workflow, inputs }: WorkflowInput): BlueprintWorkflow {
  return { repository: repository ?? null, workflow, inputs };
}

function resolveRef(input: RefInput): BlueprintRef {
  return typeof input === 'string'
    ? { repository: null, default: input }
    : { repository: input.repository ?? null, default: input.default };
}

function mapRecord<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function withoutSlashes(path: string): string {
  return path.replace(/^(\.?\/)+|(\/\.?)+$|^\.$/g, '');
}

function withFinalSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
