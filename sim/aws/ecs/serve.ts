import type { World } from '../world.ts';
import { behaviourOf } from './behaviour.ts';
import type { Behaviour } from './behaviour-rule.ts';
import { databaseEndpoint } from './container-environment.ts';
import { logLine } from './container-log.ts';
import { unreachableDatabase } from './container-run.ts';
import { type ServedFacts, servedPage } from './served-page.ts';
import type { ContainerRun, Task } from './state.ts';

interface TaskRequest {
  readonly ip: string;
  readonly port: number;
  readonly method: string;
  /** With the query, if there is one. */
  readonly path: string;
  readonly host: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

interface TaskResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Healthy programs are not asked to log the load balancer's own checks; a week of those would bury the rest. */
const healthChecker = 'ELB-HealthChecker';

/**
 * What the container at this address answers: HTML, or JSON with the same facts for `Accept: application/json` or
 * `?format=json`. Undefined when nobody listens there: no task, not yet, no such port, or it refuses for want of its
 * database.
 */
export function serveFromTask(world: World, request: TaskRequest): TaskResponse | undefined {
  const task = world.ecs.tasksByIp.get(request.ip);
  const container = task && listeningContainer(world, task, request.port);
  if (!task || !container) {
    return undefined;
  }
  const behaviour = behaviourOf(world, container);
  const endpoint = unreachableDatabase(world, container);
  if (endpoint !== undefined && behaviour.withoutDatabase === 'refuses') {
    return undefined;
  }
  const url = new URL(`http://task.invalid${request.path}`);
  const status =
    endpoint !== undefined && behaviour.withoutDatabase === 'answers-500' ? 500 : statusOf(behaviour, url.pathname);
  if (!String(request.headers['user-agent'] ?? '').startsWith(healthChecker)) {
    logLine(world, { task, container }, `${request.method} ${url.pathname} ${status}`);
  }
  return respond({ status, facts: factsOf(task, container, { host: request.host, path: url.pathname }), url, request });
}

function listeningContainer(world: World, task: Task, port: number): ContainerRun | undefined {
  const now = world.clock.now();
  return task.containers.find(
    ({ definition, listensFrom }) =>
      listensFrom !== undefined &&
      listensFrom <= now &&
      definition.portMappings?.some(({ containerPort }) => containerPort === port),
  );
}

function statusOf({ statusByPath, otherPathsStatus }: Behaviour, path: string): number {
  return statusByPath[path] ?? otherPathsStatus;
}

const commitVariables = ['COMMIT', 'COMMIT_SHA', 'GIT_COMMIT', 'GIT_SHA', 'APP_COMMIT'];

function commitOf(task: Task, { environment }: ContainerRun): string | undefined {
  const variable = commitVariables.find((name) => environment.has(name));
  return (variable && environment.get(variable)) ?? tagOf(task, 'Commit');
}

/** A tag of the task, or of its task definition when the service's tags are not propagated. */
function tagOf({ tags, revision }: Task, key: string): string | undefined {
  return tags[key] ?? revision.tags[key];
}

function factsOf(task: Task, container: ContainerRun, { host, path }: Pick<ServedFacts, 'host' | 'path'>): ServedFacts {
  return {
    environment: tagOf(task, 'Environment'),
    service: tagOf(task, 'Service') ?? task.group.replace(/^service:/, ''),
    image: container.definition.image,
    taskDefinition: task.revision.arn,
    task: task.arn,
    database: databaseEndpoint(container.environment),
    commit: commitOf(task, container),
    host,
    path,
  };
}

function wantsJson(url: URL, { headers }: TaskRequest): boolean {
  return url.searchParams.get('format') === 'json' || String(headers['accept'] ?? '').includes('application/json');
}

function respond({
  status,
  facts,
  url,
  request,
}: {
  status: number;
  facts: ServedFacts;
  url: URL;
  request: TaskRequest;
}): TaskResponse {
  const json = wantsJson(url, request);
  const body = json ? JSON.stringify(facts) : servedPage(facts);
  return {
    status,
    headers: { 'content-type': json ? 'application/json' : 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: request.method === 'HEAD' ? '' : body,
  };
}
