import type { Attachment, Container, Task as TaskDescription } from '@aws-sdk/client-ecs';
import type { World } from '../world.ts';
import type { ContainerRun, Task } from './state.ts';
import { tagList } from './tags.ts';
import { containerHealth } from './task-health.ts';

function attachmentStatus({ lastStatus }: Task): string {
  if (lastStatus === 'PROVISIONING') {
    return 'PRECREATED';
  }
  return lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED';
}

function attachment(task: Task, region: string): Attachment {
  const { networkInterface } = task;
  const attached = networkInterface
    ? [
        { name: 'networkInterfaceId', value: networkInterface.id },
        { name: 'macAddress', value: macAddress(networkInterface.privateIp) },
        {
          name: 'privateDnsName',
          value: `ip-${networkInterface.privateIp.replaceAll('.', '-')}.${region}.compute.internal`,
        },
        { name: 'privateIPv4Address', value: networkInterface.privateIp },
      ]
    : [];
  return {
    id: task.attachmentId,
    type: 'ElasticNetworkInterface',
    status: attachmentStatus(task),
    details: [{ name: 'subnetId', value: task.subnetId }, ...attached],
  };
}

function macAddress(ip: string): string {
  const octets = ip.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
  return ['0a', 'ff', ...octets].join(':');
}

function container(world: World, task: Task, run: ContainerRun): Container {
  const { definition } = run;
  return {
    containerArn: `${task.arn.replace(':task/', ':container/')}/${definition.name}`,
    taskArn: task.arn,
    name: definition.name,
    image: definition.image,
    lastStatus: run.lastStatus,
    ...(run.exitCode !== undefined && { exitCode: run.exitCode }),
    ...(run.reason !== undefined && { reason: run.reason }),
    networkBindings: [],
    networkInterfaces: task.networkInterface
      ? [{ attachmentId: task.attachmentId, privateIpv4Address: task.networkInterface.privateIp }]
      : [],
    healthStatus: definition.healthCheck ? containerHealth(world, task) : 'UNKNOWN',
    cpu: String(definition.cpu ?? 0),
    ...(definition.memory !== undefined && { memory: String(definition.memory) }),
    ...(task.settings.enableExecuteCommand && {
      managedAgents: [{ name: 'ExecuteCommandAgent', lastStatus: run.lastStatus }],
    }),
  };
}

/** Overrides as they are described: an entry for each container, also for one without any. */
function overrides(task: Task): TaskDescription['overrides'] {
  return {
    inferenceAcceleratorOverrides: [],
    ...task.overrides,
    containerOverrides: task.containers.map(({ definition: { name } }) => ({
      ...task.overrides.containerOverrides?.find((override) => override.name === name),
      name,
    })),
  };
}

/** A task as DescribeTasks and RunTask return it. */
export function describeTask(world: World, task: Task, { withTags }: { withTags: boolean }): TaskDescription {
  const { definition } = task.revision;
  return {
    taskArn: task.arn,
    taskDefinitionArn: task.revision.arn,
    clusterArn: task.cluster.arn,
    group: task.group,
    startedBy: task.startedBy,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    createdAt: task.createdAt,
    connectivity: task.lastStatus === 'PROVISIONING' ? 'DISCONNECTED' : 'CONNECTED',
    pullStartedAt: task.pullStartedAt,
    pullStoppedAt: task.pullStoppedAt,
    startedAt: task.startedAt,
    stoppingAt: task.stoppingAt,
    executionStoppedAt: task.executionStoppedAt,
    stoppedAt: task.stoppedAt,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    healthStatus: containerHealth(world, task),
    availabilityZone: world.ec2.subnets.get(task.subnetId)?.availabilityZone ?? `${world.region}a`,
    cpu: task.overrides.cpu ?? definition.cpu,
    memory: task.overrides.memory ?? definition.memory,
    launchType: task.settings.launchType,
    capacityProviderName: task.settings.capacityProviderName,
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    enableExecuteCommand: task.settings.enableExecuteCommand,
    ephemeralStorage: definition.ephemeralStorage ?? { sizeInGiB: 20 },
    attachments: definition.networkMode === 'awsvpc' ? [attachment(task, world.region)] : [],
    attributes: [{ name: 'ecs.cpu-architecture', value: cpuArchitecture(task) }],
    containers: task.containers.map((run) => container(world, task, run)),
    overrides: overrides(task),
    version: 1,
    tags: withTags ? tagList(task.tags) : [],
  };
}

function cpuArchitecture({ revision }: Task): string {
  return revision.definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
}
