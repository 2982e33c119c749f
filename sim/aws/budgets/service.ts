import * as sdk from '@aws-sdk/client-budgets';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { budgetHandlers } from './budgets.ts';
import { notificationHandlers } from './notifications.ts';
import { tagHandlers } from './tags.ts';

/** Budgets of the account with their notifications, from AWS's one endpoint for all Regions. */
export function budgetsService(world: World): ServiceDefinition {
  return {
    signingName: 'budgets',
    protocol: 'json',
    targetPrefix: 'AWSBudgetServiceGateway',
    missingMemberCode: 'InvalidParameterException',
    sdk,
    handlers: { ...budgetHandlers(world), ...notificationHandlers(world), ...tagHandlers(world) },
  };
}
