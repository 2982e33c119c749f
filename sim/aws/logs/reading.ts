import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { readFilterPattern } from './filter-pattern.ts';
import { groupNamed, streamNamed } from './lookup.ts';
import type { LogEvent, LogGroup, LogStream } from './state.ts';

const maximumEvents = 10_000;

function limitOf(limit = maximumEvents): number {
  if (limit < 1 || limit > maximumEvents) {
    throw new Refusal(
      'InvalidParameterException',
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${maximumEvents}`,
    );
  }
  return limit;
}

/** Events older than the group's retention are no longer returned. */
function kept(world: World, group: LogGroup, stream: LogStream): LogEvent[] {
  const days = group.retentionInDays;
  const oldest = days === undefined ? 0 : world.clock.now().getTime() - days * 86_400_000;
  return stream.events.filter(({ timestamp }) => timestamp >= oldest);
}

function positionOf(token: string): { direction: 'f' | 'b'; index: number } {
  const match = /^([fb])\/(\d{56})$/.exec(token);
  if (!match) {
    throw new Refusal('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return { direction: match[1] === 'f' ? 'f' : 'b', index: Number(match[2]) };
}

/**
 * Tokens hold a position between two events. At the end of the stream the forward token comes back unchanged, which
 * is how a reader knows that there is nothing new (API reference, GetLogEvents).
 */
function getLogEvents(world: World, input: GetLogEventsRequest): GetLogEventsResponse {
  const group = groupNamed(world, input.logGroupName ?? input.logGroupIdentifier);
  const stream = streamNamed(group, input.logStreamName);
  const limit = limitOf(input.limit);
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  const events = kept(world, group, stream).filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
  const asked = input.nextToken === undefined ? undefined : positionOf(input.nextToken);
  let start = input.startFromHead ? 0 : Math.max(0, events.length - limit);
  let end = Math.min(events.length, start + limit);
  if (asked?.direction === 'f') {
    start = Math.min(asked.index, events.length);
    end = Math.min(events.length, start + limit);
  } else if (asked) {
    end = Math.min(asked.index, events.length);
    start = Math.max(0, end - limit);
  }
  return {
    events: events
      .slice(start, end)
      .map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${String(end).padStart(56, '0')}`,
    nextBackwardToken: `b/${String(start).padStart(56, '0')}`,
  };
}

function wantedStreams(group: LogGroup, { logStreamNames, logStreamNamePrefix }: FilterLogEventsRequest): LogStream[] {
  if (logStreamNames && logStreamNamePrefix !== undefined) {
    throw new Refusal(
      'InvalidParameterException',
      'logStreamNamePrefix and logStreamNames are mutually exclusive parameters.',
    );
  }
  if (logStreamNames) {
    return logStreamNames.map((name) => streamNamed(group, name));
  }
  return [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''));
}

function filterLogEvents(world: World, input: FilterLogEventsRequest): FilterLogEventsResponse {
  const group = groupNamed(world, input.logGroupName ?? input.logGroupIdentifier);
  const matches = readFilterPattern(input.filterPattern ?? '');
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  const found: FilteredLogEvent[] = [];
  for (const stream of wantedStreams(group, input)) {
    for (const { id, timestamp, message, ingestionTime } of kept(world, group, stream)) {
      if (timestamp >= startTime && timestamp <= endTime && matches(message)) {
        found.push({ logStreamName: stream.name, timestamp, message, ingestionTime, eventId: id });
      }
    }
  }
  found.sort((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));
  const { items, nextToken } = pageOf(found, {
    limit: limitOf(input.limit),
    token: input.nextToken,
    refuseToken() {
      throw new Refusal('InvalidParameterException', 'The specified nextToken is invalid.');
    },
  });
  return { events: [...items], searchedLogStreams: [], nextToken };
}

export function readingHandlers(world: World): Record<string, Handler> {
  return {
    GetLogEvents: (input: GetLogEventsRequest) => getLogEvents(world, input),
    FilterLogEvents: (input: FilterLogEventsRequest) => filterLogEvents(world, input),
  };
}
