import type { Deployment, Service, Task } from '@aws-sdk/client-ecs';
import { TerminalError } from '../../domain/failure.ts';
import type { SpecOf } from '../../domain/resource.ts';
import { TAG_KEYS } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import { decodeDeployed, revisionOf } from './deployed-tag.ts';
import { healthComplaintOf } from './health-complaint.ts';
import type { LogReader } from './log-reader.ts';
import { logStreamOf } from './log-stream.ts';
import { observing } from './observing.ts';
import { readEcsTags } from './ownership.ts';
import type { Ecs, ServiceReader } from './services.ts';
import { addressesOf, endOf, findTasks } from './tasks.ts';

type Spec = SpecOf<'rollout'>;
type Seen = Observation<'rollout'>;

const RECHECK_SECONDS = 5;
const LOG_LINES = 20;

interface Parts {
  readonly ecs: Ecs;
  readonly services: ServiceReader;
  readonly logReader: LogReader;
}

/**
 * Whether a service runs what it was told to. A service that is stable is no answer: after a rollback it is stable on
 * the old task definition. So it is the primary deployment that counts, of exactly the wanted task definition.
 */
export function createRolloutProvisioner(parts: Parts): Provisioner<'rollout'> {
  async function observe({ spec }: Desired<'rollout'>): Promise<Seen> {
    const service = await parts.services.describe({ clusterArn: spec.clusterArn, name: spec.serviceName });
    const deployment = service?.deployments?.find(({ status }) => status === 'PRIMARY');
    if (!service || !deployment || !isOrdered(service, spec)) {
      return pending('the service to be told');
    }
    if (hasFailed(service, deployment, spec)) {
      throw await failure(parts, spec, service);
    }
    return deployment.rolloutState === 'COMPLETED'
      ? { state: 'ready', outputs: await outputsOf(parts.ecs, spec) }
      : pending(progressOf(deployment));
  }

  return observing('rollout', observe);
}

/** Whether the service was told to run this at all: before that, what it does says nothing about it. */
function isOrdered(service: Service, { taskDefinitionArn, redeploys }: Spec): boolean {
  const deployed = decodeDeployed(readEcsTags(service.tags)[TAG_KEYS.deployed]);
  return deployed?.revision === revisionOf(taskDefinitionArn) && deployed.redeploys >= redeploys;
}

/** Failed, or rolled back: the primary deployment is then of another task definition again. */
function hasFailed(service: Service, primary: Deployment, { taskDefinitionArn }: Spec): boolean {
  const wanted = revisionOf(taskDefinitionArn);
  const own = (service.deployments ?? []).filter(({ taskDefinition }) => revisionOf(taskDefinition ?? '') === wanted);
  return revisionOf(primary.taskDefinition ?? '') !== wanted || own[0]?.rolloutState === 'FAILED';
}

function progressOf({ runningCount = 0, desiredCount = 0, failedTasks = 0 }: Deployment): string {
  const failed = failedTasks === 0 ? '' : `, ${failedTasks} failed so far`;
  if (desiredCount > 0 && runningCount >= desiredCount) {
    // ECS calls a deployment complete once the load balancer finds its tasks healthy.
    return `its tasks to be found healthy${failed}`;
  }
  return `tasks to run (${runningCount} of ${desiredCount}${failed})`;
}

async function outputsOf(ecs: Ecs, spec: Spec): Promise<Extract<Seen, { state: 'ready' }>['outputs']> {
  const { clusterArn, serviceName, taskDefinitionArn, redeploys } = spec;
  if (!spec.addressed) {
    return { taskDefinitionArn, redeploys, addresses: [] };
  }
  const tasks = await findTasks(ecs, { cluster: clusterArn, serviceName });
  const running = tasks.filter((task) => task.lastStatus === 'RUNNING' && isOf(task, spec));
  return { taskDefinitionArn, redeploys, addresses: running.flatMap(addressesOf).toSorted() };
}

function isOf({ taskDefinitionArn }: Task, spec: Spec): boolean {
  return revisionOf(taskDefinitionArn ?? '') === revisionOf(spec.taskDefinitionArn);
}

async function failure(parts: Parts, spec: Spec, { events = [] }: Service): Promise<TerminalError> {
  const last = await lastToStop(parts.ecs, spec);
  const complaint = last && healthComplaintOf(last, events);
  const cause = last ? endOf(last, spec.container).cause : 'ECS no longer knows why';
  return new TerminalError('ServiceDoesNotStart', complaint ?? `does not start: ${cause}`, {
    actor: 'author',
    details: last?.taskArn === undefined ? [] : await lastLines(parts.logReader, spec, last.taskArn),
  });
}

async function lastToStop(ecs: Ecs, spec: Spec): Promise<Task | undefined> {
  const { clusterArn, serviceName } = spec;
  const stopped = await findTasks(ecs, { cluster: clusterArn, serviceName, desiredStatus: 'STOPPED' });
  return stopped
    .filter((task) => isOf(task, spec))
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0))[0];
}

async function lastLines(logReader: LogReader, { logGroup, container }: Spec, taskArn: string): Promise<string[]> {
  const streamPrefix = logStreamOf({ container, taskArn });
  return await logReader.tail({ logGroup, streamPrefix, lines: LOG_LINES });
}

function pending(waitingFor: string): Seen {
  return { state: 'pending', outputs: {}, waitingFor, requeueAfterSeconds: RECHECK_SECONDS };
}
