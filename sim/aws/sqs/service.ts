import * as sdk from '@aws-sdk/client-sqs';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { queueHandlers } from './queues.ts';
import { receivedHandlers } from './received.ts';
import { receiveMessage } from './receiving.ts';
import { sendingHandlers } from './sending.ts';
import { tagHandlers } from './tags.ts';

/** Standard queues, with visibility, delays, retention and dead letters by the world's clock. */
export function sqsService(world: World): ServiceDefinition {
  return {
    signingName: 'sqs',
    protocol: 'json',
    jsonVersion: '1.0',
    targetPrefix: 'AmazonSQS',
    speaksQueryToo: true,
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    missingMemberCode: 'MissingParameter',
    sdk,
    handlers: {
      ...queueHandlers(world),
      ...tagHandlers(world),
      ...sendingHandlers(world),
      ReceiveMessage: async (input) => await receiveMessage(world, input),
      ...receivedHandlers(world),
    },
  };
}
