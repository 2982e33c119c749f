import type { CapacityProviderStrategyItem, LaunchType, NetworkConfiguration } from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { TaskDefinitionRevision, TaskSettings } from './state.ts';

interface Launch {
  readonly launchType?: LaunchType | undefined;
  readonly capacityProviderStrategy?: CapacityProviderStrategyItem[] | undefined;
  readonly networkConfiguration?: NetworkConfiguration | undefined;
  readonly enableExecuteCommand?: boolean | undefined;
}

function refuse(message: string): never {
  throw new Refusal('InvalidParameterException', message);
}

/** Refuses what neither RunTask nor CreateService would start (InvalidParameterException). */
export function checkLaunch(world: World, { definition }: TaskDefinitionRevision, launch: Launch): void {
  if (launch.launchType && launch.capacityProviderStrategy?.length) {
    refuse('Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.');
  }
  if (launch.launchType === 'FARGATE' && !definition.requiresCompatibilities?.includes('FARGATE')) {
    refuse('Task definition does not support launch_type FARGATE.');
  }
  if (definition.networkMode === 'awsvpc') {
    checkNetwork(world, launch.networkConfiguration);
  }
  if (launch.enableExecuteCommand && !definition.taskRoleArn) {
    refuse(
      "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    );
  }
}

function checkNetwork({ ec2 }: World, network: NetworkConfiguration | undefined): void {
  if (!network?.awsvpcConfiguration) {
    refuse("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const { subnets = [], securityGroups = [] } = network.awsvpcConfiguration;
  if (subnets.length < 1 || subnets.length > 16) {
    refuse('subnets must hold 1 to 16 items.');
  }
  const subnet = subnets.find((id) => !ec2.subnets.has(id));
  if (subnet !== undefined) {
    refuse(
      `Error retrieving subnet information for [${subnet}]: The subnet ID '${subnet}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
    );
  }
  const group = securityGroups.find((id) => !ec2.securityGroups.has(id));
  if (group !== undefined) {
    refuse(
      `Error retrieving security group information for [${group}]: The security group '${group}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
    );
  }
}

/** How a task is launched; a capacity provider's name stands where its launch type would. */
export function taskSettings(launch: Launch, loadBalancers: TaskSettings['loadBalancers'] = []): TaskSettings {
  const provider = launch.capacityProviderStrategy?.[0]?.capacityProvider;
  return {
    networkConfiguration: launch.networkConfiguration,
    loadBalancers,
    enableExecuteCommand: launch.enableExecuteCommand ?? false,
    launchType: 'FARGATE',
    capacityProviderName: provider,
  };
}
