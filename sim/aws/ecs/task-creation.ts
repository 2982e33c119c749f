import type { TaskOverride } from '@aws-sdk/client-ecs';
import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';
import { plainEnvironment } from './container-environment.ts';
import { arnOf } from './lookup.ts';
import type { Cluster, ContainerRun, Task, TaskDefinitionRevision, TaskSettings } from './state.ts';
import { beginTask } from './task-lifecycle.ts';

interface TaskOrder {
  readonly cluster: Cluster;
  readonly revision: TaskDefinitionRevision;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly overrides: TaskOverride;
  readonly settings: TaskSettings;
  readonly tags: Tags;
  readonly serviceArn?: string;
  readonly deploymentId?: string;
  readonly notify?: () => void;
}

/** The subnets of the request in turn, as ECS spreads tasks over zones. */
function nextSubnet(world: World, { networkConfiguration }: TaskSettings): string {
  const subnets = networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
  const turn = world.ecs.tasksStarted;
  world.ecs.tasksStarted += 1;
  return subnets[turn % subnets.length] ?? '';
}

function containersOf({ revision, overrides }: TaskOrder): ContainerRun[] {
  return (revision.definition.containerDefinitions ?? []).map((definition) => {
    const override = overrides.containerOverrides?.find(({ name }) => name === definition.name);
    return {
      definition,
      environment: plainEnvironment(definition, override),
      command: override?.command ?? definition.command ?? [],
      lastStatus: 'PENDING',
      listensFrom: undefined,
      exitCode: undefined,
      program: undefined,
      reason: undefined,
    };
  });
}

/** Makes a task and sets it going. */
export function startTask(world: World, order: TaskOrder): Task {
  const id = world.uniqueHex(32);
  const task: Task = {
    arn: arnOf(world, `task/${order.cluster.name}/${id}`),
    id,
    cluster: order.cluster,
    revision: order.revision,
    group: order.group,
    startedBy: order.startedBy,
    overrides: order.overrides,
    settings: order.settings,
    serviceArn: order.serviceArn,
    deploymentId: order.deploymentId,
    createdAt: world.clock.now(),
    attachmentId: world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    subnetId: nextSubnet(world, order.settings),
    networkInterface: undefined,
    containers: containersOf(order),
    tags: order.tags,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    pullStartedAt: undefined,
    pullStoppedAt: undefined,
    startedAt: undefined,
    stoppingAt: undefined,
    executionStoppedAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    targets: [],
    becameHealthy: false,
    failedHealthChecks: false,
    accounted: false,
    notify: order.notify ?? (() => undefined),
  };
  beginTask(world, task);
  return task;
}
