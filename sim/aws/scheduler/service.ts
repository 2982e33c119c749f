import * as sdk from '@aws-sdk/client-scheduler';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { groupHandlers } from './groups.ts';
import { scheduleHandlers } from './schedules.ts';
import { tagHandlers } from './tags.ts';

/** EventBridge Scheduler: it calls functions, queues and topics of the account by the world's clock. */
export function schedulerService(world: World): ServiceDefinition {
  return {
    signingName: 'scheduler',
    protocol: 'rest-json',
    sdk,
    handlers: { ...groupHandlers(world), ...scheduleHandlers(world), ...tagHandlers(world) },
  };
}
