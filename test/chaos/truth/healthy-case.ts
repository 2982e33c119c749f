import type { Task } from '../../../sim/aws/ecs/state.ts';
import type { LoggedCall } from '../../../sim/aws/guards/request-log.ts';
import type { InventoryItem } from '../../../sim/aws/inventory-item.ts';
import type { Cluster } from '../../../sim/aws/rds/state.ts';
import { createWorld, type World } from '../../../sim/aws/world.ts';
import type { Case, PullCase } from '../../../sim/chaos/truth/case.ts';
import { callWitness, type Witness } from '../../../sim/chaos/truth/witness.ts';
import { createSteppedClock } from '../../../sim/clock.ts';
import type { CheckRun } from '../../../sim/github/entities/check-run.ts';
import type { Deployment } from '../../../sim/github/entities/deployment.ts';
import type { IssueComment } from '../../../sim/github/entities/issue-comment.ts';
import type { PullRequest } from '../../../sim/github/entities/repository.ts';

export const HEAD = 'a'.repeat(40);
const NOW = new Date('2026-11-23T09:00:00Z');
const EXPIRES = '2026-11-30T09:00:00Z';

export const TAGS = {
  Name: 'nonprod-pr-7-web',
  Environment: 'pr-7',
  TTL: EXPIRES,
  Branch: 'feature',
  EphemeralEnv: 'true',
  Repository: 'dvsa/vol-app',
  PullRequest: '7',
  Commit: HEAD,
  ManagedBy: 'mayfly',
};

export function thing(kind: string, name: string, more: Partial<InventoryItem> = {}): InventoryItem {
  const tags = { ...TAGS, Name: name };
  return { service: 'any', kind, name, arn: `arn:${kind}:${name}`, status: 'ACTIVE', tags, ...more };
}

export const READY_COMMENT = `<!-- mayfly:environment -->

### 🟢 Environment \`pr-7\` is ready

| web | <https://web.pr-7.example/> |

**Serving** \`${HEAD.slice(0, 7)}\``;

export function comment(body: string, more: Partial<IssueComment> = {}): IssueComment {
  return { id: 1, number: 7, viaApp: true, body, ...more } as IssueComment;
}

export function checkRun(sha: string, conclusion: string | undefined): CheckRun {
  const output = { title: 'Ready', summary: '', text: undefined };
  return { suite: { headSha: sha }, status: conclusion ? 'completed' : 'in_progress', conclusion, output } as CheckRun;
}

export function deployment(sha: string, state: string): Deployment {
  return { id: 3, sha, payload: {}, statuses: [{ state }] } as unknown as Deployment;
}

/** A clone of the environment's own. */
export function clone(id: string, isCopyOnWriteClone = true): Cluster {
  return { id, tags: { ...TAGS, Name: id }, isCopyOnWriteClone } as unknown as Cluster;
}

/** AWS is asked for one. */
export function cloning(id: string, at: string): Partial<LoggedCall> {
  const Tags = Object.entries({ ...TAGS, Name: id }).map(([Key, Value]) => ({ Key, Value }));
  return { operation: 'RestoreDBClusterToPointInTime', input: { Tags }, at: new Date(at) };
}

/** A task of the service `web` that runs the image of this commit, and was told this. */
export function task(sha: string, environment: Readonly<Record<string, string>> = {}): Task {
  return {
    arn: `arn:task:${sha}`,
    tags: TAGS,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    group: 'service:nonprod-pr-7-web',
    containers: [
      {
        definition: { name: 'web', image: `registry/vol-app/api:branch-feature-${sha.slice(0, 10)}` },
        environment: new Map(Object.entries(environment)),
      },
    ],
  } as unknown as Task;
}

export function pull(changes: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 7,
    state: 'open',
    events: [],
    labels: ['ephemeral'],
    head: { sha: HEAD },
    ...changes,
  } as PullRequest;
}

export const THINGS = [
  thing('service', 'nonprod-pr-7-web'),
  thing('log group', '/mayfly/nonprod/pr-7/web'),
  thing('task definition', 'nonprod-pr-7-web:1'),
  thing('target group', 'nonprod-pr-7-web-8080'),
  thing('rule', 'nonprod-pr-7-web-443', { detail: { matches: 'web.pr-7.example' } }),
  thing('record set', 'web.pr-7.example. A', { tags: {} }),
  thing('task', 'task-1'),
];

/** A witness, and a way to have it see a call of Mayfly's. */
export function witnessOf(world: World, slots = 2): Witness & { see(call: Partial<LoggedCall>): void } {
  let listener: (call: LoggedCall) => void = () => undefined;
  const onCall = (listen: (call: LoggedCall) => void) => {
    listener = listen;
    return () => undefined;
  };
  const requestLog = { onCall } as unknown as Parameters<typeof callWitness>[0]['aws']['requestLog'];
  const witness = callWitness({ aws: { world, requestLog }, accessKeyId: 'mayfly', slots });
  const usual = { requestId: '1', service: 'rds', operation: 'CreateDBInstance', input: {}, at: NOW };
  const see = (call: Partial<LoggedCall>) =>
    listener({ ...usual, durationSeconds: 0, outcome: 'ok', accessKeyId: 'mayfly', ...call });
  return Object.assign(witness, { see });
}

function worldWith({
  tasks = [task(HEAD)],
  clusters = [],
}: {
  tasks: readonly Task[] | undefined;
  clusters: readonly Cluster[] | undefined;
}): World {
  const world = createWorld({ clock: createSteppedClock({ startAt: NOW }) });
  for (const one of tasks) {
    world.ecs.tasks.set(one.arn, one);
  }
  for (const one of clusters) {
    world.rds.clusters.set(one.id, one);
  }
  return world;
}

/** One pull request that has what it is owed and says so, with `changes` planted into it. */
export function caseWith(
  changes: Partial<PullCase> & {
    tasks?: readonly Task[];
    clusters?: readonly Cluster[];
    /** What people say, beside our own comment. */
    said?: readonly IssueComment[];
    calls?: readonly Partial<LoggedCall>[];
    log?: readonly string[];
    everything?: readonly InventoryItem[];
    answers?: number;
    bystanders?: readonly InventoryItem[];
  } = {},
): Case {
  const { tasks, clusters, said = [], calls = [], log = [], answers = 200, bystanders = [], ...own } = changes;
  const world = worldWith({ tasks, clusters });
  const witness = witnessOf(world);
  calls.forEach(witness.see);
  const things = own.things ?? THINGS;
  const healthy: PullCase = {
    id: 'dvsa/vol-app#7',
    number: 7,
    environment: 'pr-7',
    pull: pull(),
    wanted: 'present',
    shape: {
      services: [{ name: 'web', public: true, count: 1, ofHead: true }],
      tasks: [],
      database: false,
      users: 0,
      secrets: 0,
      parameters: 0,
    },
    things,
    comments: [comment(READY_COMMENT)],
    checks: [checkRun(HEAD, 'success')],
    deployments: [deployment(HEAD, 'success')],
    record: undefined,
    rows: [],
    ...own,
  };
  const repository = {
    comments: new Map([...healthy.comments, ...said].map((one) => [one.id, one])),
    checkRuns: new Map(),
    deployments: new Map(),
  };
  return {
    cloud: {
      aws: { world },
      github: {
        store: { repository: () => repository, tokens: new Map() },
        app: { id: 1, slug: 'mayfly', privateKeyPem: '', webhookSecret: 'the-secret-of-the-webhook' },
      } as unknown as Case['cloud']['github'],
      repository: 'dvsa/vol-app',
      label: 'ephemeral',
      prefix: 'pr',
      slots: 2,
      fetch: async () => await Promise.resolve(new Response('', { status: answers })),
      witness: { ...witness, seen: witness.seen, bystanders: new Map(bystanders.map((one) => [one.arn, one])) },
      log,
    },
    pulls: [healthy],
    things: changes.everything ?? things,
  };
}
