import type { Deployment as DeploymentDescription, Service as ServiceDescription } from '@aws-sdk/client-ecs';
import type { World } from '../world.ts';
import { ofDeployment, pendingCount, runningCount, tasksOf } from './service-tasks.ts';
import type { Deployment, Service, Task } from './state.ts';
import { tagList } from './tags.ts';

function describeDeployment(deployment: Deployment, tasks: readonly Task[]): DeploymentDescription {
  const own = ofDeployment(tasks, deployment);
  const { settings } = deployment;
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinitionArn,
    desiredCount: deployment.desiredCount,
    pendingCount: pendingCount(own),
    runningCount: runningCount(own),
    failedTasks: deployment.failedTasks,
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
    launchType: settings.launchType,
    capacityProviderStrategy: settings.capacityProviderStrategy,
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    networkConfiguration: settings.networkConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}

/** A service as every operation on services returns it. */
export function describeService(
  world: World,
  service: Service,
  { withTags }: { withTags: boolean },
): ServiceDescription {
  const tasks = tasksOf(world, service);
  const { settings } = service;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    ...settings,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: runningCount(tasks),
    pendingCount: pendingCount(tasks),
    platformFamily: 'Linux',
    taskDefinition: service.deployments[0]?.taskDefinitionArn ?? service.lastCompleted?.taskDefinitionArn,
    deployments: service.deployments.map((deployment) => describeDeployment(deployment, tasks)),
    events: service.events,
    createdAt: service.createdAt,
    createdBy: `arn:aws:iam::${world.accountId}:root`,
    roleArn: `arn:aws:iam::${world.accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    placementConstraints: [],
    placementStrategy: [],
    ...(withTags && { tags: tagList(service.tags) }),
  };
}
