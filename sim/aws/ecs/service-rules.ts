import type { LoadBalancer } from '@aws-sdk/client-ecs';
import { isAttachedToLoadBalancer } from '../elbv2/targets.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkLaunch } from './launch-rules.ts';
import type { ServiceSettings, TaskDefinitionRevision } from './state.ts';

function refuse(message: string): never {
  throw new Refusal('InvalidParameterException', message);
}

/** The group must exist, take addresses, and be behind a load balancer already. */
function checkTargetGroup(world: World, targetGroupArn: string, { definition }: TaskDefinitionRevision): void {
  const group = world.elbv2.targetGroups.get(targetGroupArn);
  if (!group) {
    refuse(
      'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
    );
  }
  if (definition.networkMode === 'awsvpc' && group.targetType !== 'ip') {
    refuse(
      `The provided target group ${targetGroupArn} has target type ${group.targetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  }
  if (!isAttachedToLoadBalancer(world, targetGroupArn)) {
    refuse(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`);
  }
}

function checkLoadBalancer(world: World, revision: TaskDefinitionRevision, loadBalancer: LoadBalancer): void {
  const { targetGroupArn, containerName, containerPort } = loadBalancer;
  const container = revision.definition.containerDefinitions?.find(({ name }) => name === containerName);
  if (!container) {
    refuse(`The container ${containerName} does not exist in the task definition.`);
  }
  if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) {
    refuse(`The container ${containerName} did not have a container port ${containerPort} defined.`);
  }
  if (!targetGroupArn) {
    refuse('targetGroupArn cannot be blank.');
  }
  checkTargetGroup(world, targetGroupArn, revision);
}

function checkDeploymentConfiguration({ deploymentConfiguration }: ServiceSettings): void {
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = deploymentConfiguration ?? {};
  if (maximumPercent < 100 || minimumHealthyPercent < 0 || minimumHealthyPercent > maximumPercent) {
    refuse('maximumPercent must be at least 100 and not below minimumHealthyPercent.');
  }
  if (minimumHealthyPercent === 100 && maximumPercent === 100) {
    refuse('minimumHealthyPercent and maximumPercent cannot both be 100: no task could be replaced.');
  }
}

/** Refuses settings that CreateService and UpdateService refuse. */
export function checkService(world: World, revision: TaskDefinitionRevision, settings: ServiceSettings): void {
  checkLaunch(world, revision, settings);
  checkDeploymentConfiguration(settings);
  const loadBalancers = settings.loadBalancers ?? [];
  if (loadBalancers.length > 5) {
    refuse('loadBalancers must hold at most 5 items.');
  }
  for (const loadBalancer of loadBalancers) {
    checkLoadBalancer(world, revision, loadBalancer);
  }
  if (settings.healthCheckGracePeriodSeconds !== undefined && loadBalancers.length === 0) {
    refuse('Health check grace period is only valid for services configured to use load balancers');
  }
}
