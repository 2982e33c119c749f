import type {
  CreateLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream as LogStreamDescription,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { groupNamed, streamNamed } from './lookup.ts';
import type { LogGroup, LogStream } from './state.ts';

export function addStream(world: World, group: LogGroup, name: string): LogStream {
  const stream: LogStream = {
    name,
    arn: `${group.arn}:log-stream:${name}`,
    createdAt: world.clock.now().getTime(),
    events: [],
  };
  group.streams.set(name, stream);
  return stream;
}

function createLogStream(world: World, { logGroupName, logStreamName }: CreateLogStreamRequest): void {
  const group = groupNamed(world, logGroupName);
  const name = logStreamName ?? '';
  if (name.length < 1 || name.length > 512 || /[:*]/.test(name)) {
    throw new Refusal(
      'InvalidParameterException',
      `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
    );
  }
  if (group.streams.has(name)) {
    throw new Refusal('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  addStream(world, group, name);
}

function describe(stream: LogStream): LogStreamDescription {
  const first = stream.events.at(0);
  const last = stream.events.at(-1);
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    arn: stream.arn,
    // Always 0 on AWS since June 2019.
    storedBytes: 0,
    ...(first && { firstEventTimestamp: first.timestamp }),
    ...(last && { lastEventTimestamp: last.timestamp, lastIngestionTime: last.ingestionTime }),
  };
}

function describeLogStreams(world: World, input: DescribeLogStreamsRequest): DescribeLogStreamsResponse {
  const group = groupNamed(world, input.logGroupName ?? input.logGroupIdentifier);
  const byTime = input.orderBy === 'LastEventTime';
  const prefix = input.logStreamNamePrefix;
  if (byTime && prefix !== undefined) {
    throw new Refusal('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const ordered = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(prefix ?? ''))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (byTime) {
    ordered.sort((one, other) => (one.events.at(-1)?.timestamp ?? 0) - (other.events.at(-1)?.timestamp ?? 0));
  }
  const { items, nextToken } = pageOf(input.descending ? ordered.toReversed() : ordered, {
    limit: input.limit ?? 50,
    token: input.nextToken,
    refuseToken() {
      throw new Refusal('InvalidParameterException', 'The specified nextToken is invalid.');
    },
  });
  return { logStreams: items.map(describe), nextToken };
}

export function logStreamHandlers(world: World): Record<string, Handler> {
  return {
    CreateLogStream: (input: CreateLogStreamRequest) => createLogStream(world, input),
    DescribeLogStreams: (input: DescribeLogStreamsRequest) => describeLogStreams(world, input),
    DeleteLogStream: ({ logGroupName, logStreamName }: CreateLogStreamRequest) => {
      const group = groupNamed(world, logGroupName);
      group.streams.delete(streamNamed(group, logStreamName).name);
    },
  };
}
