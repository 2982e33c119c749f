import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { encryptionHandlers } from './encryption.ts';
import { logGroupHandlers } from './log-groups.ts';
import { logStreamHandlers } from './log-streams.ts';
import { metricFilterHandlers } from './metric-filters.ts';
import { readingHandlers } from './reading.ts';
import { tagHandlers } from './tags.ts';
import { writingHandlers } from './writing.ts';

/** CloudWatch Logs: groups, streams, events and metric filters. */
export function logsService(world: World): ServiceDefinition {
  return {
    signingName: 'logs',
    protocol: 'json',
    targetPrefix: 'Logs_20140328',
    sdk,
    handlers: {
      ...logGroupHandlers(world),
      ...encryptionHandlers(world),
      ...logStreamHandlers(world),
      ...writingHandlers(world),
      ...readingHandlers(world),
      ...metricFilterHandlers(world),
      ...tagHandlers(world),
    },
  };
}
