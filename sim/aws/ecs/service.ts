import * as sdk from '@aws-sdk/client-ecs';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { clusterHandlers } from './clusters.ts';
import { runTaskHandlers } from './run-task.ts';
import { creationHandlers } from './service-creation.ts';
import { updateHandlers } from './service-update.ts';
import { serviceHandlers } from './services.ts';
import { taggingHandlers } from './tagging.ts';
import { registrationHandlers } from './task-definition-registration.ts';
import { taskDefinitionHandlers } from './task-definitions.ts';
import { taskHandlers } from './tasks.ts';

/** Elastic Container Service on Fargate. */
export function ecsService(world: World): ServiceDefinition {
  return {
    signingName: 'ecs',
    protocol: 'json',
    targetPrefix: 'AmazonEC2ContainerServiceV20141113',
    sdk,
    handlers: {
      ...clusterHandlers(world),
      ...registrationHandlers(world),
      ...taskDefinitionHandlers(world),
      ...creationHandlers(world),
      ...updateHandlers(world),
      ...serviceHandlers(world),
      ...runTaskHandlers(world),
      ...taskHandlers(world),
      ...taggingHandlers(world),
    },
  };
}
