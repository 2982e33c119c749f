import type { TaskOverride } from '@aws-sdk/client-ecs';
import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';
import { plainEnvironment } from './container-environment.ts';
import { arnOf } from './lookup.ts';
import type { Cluster, ContainerRun, Task, TaskDefinitionRevision, TaskSettings } from './state.ts';
import { beginTask } from './task-lifecycle.ts';

export interface TaskOrder {
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

/** Addresses of 10.0.16.0/20 and on, one after the other; none is given twice. */
function nextAddress(world: World): string {
  const number = 16 * 256 + 4 + world.ecs.addressesGiven;
  world.ecs.addressesGiven += 1;
  return `10.${Math.floor(number / 65_536) % 256}.${Math.floor(number / 256) % 256}.${number % 256}`;
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
    networkInterfaceId: `eni-${world.uniqueHex(17)}`,
    ip: nextAddress(world),
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
