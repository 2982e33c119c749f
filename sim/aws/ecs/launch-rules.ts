import type { CapacityProviderStrategyItem, LaunchType, NetworkConfiguration } from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
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
export function checkLaunch({ definition }: TaskDefinitionRevision, launch: Launch): void {
  if (launch.launchType && launch.capacityProviderStrategy?.length) {
    refuse('Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.');
  }
  if (launch.launchType === 'FARGATE' && !definition.requiresCompatibilities?.includes('FARGATE')) {
    refuse('Task definition does not support launch_type FARGATE.');
  }
  checkNetwork(definition.networkMode, launch.networkConfiguration);
  if (launch.enableExecuteCommand && !definition.taskRoleArn) {
    refuse(
      "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    );
  }
}

function checkNetwork(mode: string | undefined, network: NetworkConfiguration | undefined): void {
  if (mode !== 'awsvpc') {
    return;
  }
  if (!network?.awsvpcConfiguration) {
    refuse("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const count = network.awsvpcConfiguration.subnets?.length ?? 0;
  if (count < 1 || count > 16) {
    refuse('subnets must hold 1 to 16 items.');
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
