import type {
  InputLogEvent,
  PutLogEventsRequest,
  PutLogEventsResponse,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { addStream } from './log-streams.ts';
import { groupNamed, streamNamed } from './lookup.ts';
import type { LogStream } from './state.ts';

const dayMs = 86_400_000;
const oldestAcceptedMs = 14 * dayMs;
const newestAcceptedMs = 2 * 3_600_000;
const maximumBatch = 10_000;

function append(world: World, stream: LogStream, { timestamp, message }: { timestamp: number; message: string }): void {
  const event = { id: world.uniqueHex(32), timestamp, message, ingestionTime: world.clock.now().getTime() };
  const after = stream.events.findLastIndex((other) => other.timestamp <= timestamp);
  stream.events.splice(after + 1, 0, event);
}

/**
 * Writes a line as a container's log driver does, making the stream when it is not there yet. False when the group
 * does not exist: a line that comes too late is lost and brings no group back.
 */
export function writeLog(
  world: World,
  { group: groupName, stream: streamName, line }: { group: string; stream: string; line: string },
): boolean {
  const group = world.logs.groups.get(groupName);
  if (!group) {
    return false;
  }
  const stream = group.streams.get(streamName) ?? addStream(world, group, streamName);
  append(world, stream, { timestamp: world.clock.now().getTime(), message: line });
  return true;
}

function checkOrder(events: readonly InputLogEvent[]): void {
  let previous = 0;
  for (const { timestamp = 0 } of events) {
    if (timestamp < previous) {
      throw new Refusal(
        'InvalidParameterException',
        'Log events in a single PutLogEvents request must be in chronological order.',
      );
    }
    previous = timestamp;
  }
}

/** Events too old or too new are left out and the answer says from where to where; the rest is written. */
function rejected(events: readonly InputLogEvent[], nowMs: number): RejectedLogEventsInfo | undefined {
  const old = events.findLastIndex(({ timestamp = 0 }) => timestamp < nowMs - oldestAcceptedMs);
  const early = events.findIndex(({ timestamp = 0 }) => timestamp > nowMs + newestAcceptedMs);
  if (old === -1 && early === -1) {
    return undefined;
  }
  return {
    ...(old !== -1 && { tooOldLogEventEndIndex: old + 1 }),
    ...(early !== -1 && { tooNewLogEventStartIndex: early }),
  };
}

function putLogEvents(world: World, input: PutLogEventsRequest): PutLogEventsResponse {
  const stream = streamNamed(groupNamed(world, input.logGroupName), input.logStreamName);
  const events = input.logEvents ?? [];
  if (events.length < 1 || events.length > maximumBatch) {
    throw new Refusal(
      'InvalidParameterException',
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${maximumBatch}`,
    );
  }
  checkOrder(events);
  const nowMs = world.clock.now().getTime();
  const rejectedLogEventsInfo = rejected(events, nowMs);
  const accepted = events.slice(
    rejectedLogEventsInfo?.tooOldLogEventEndIndex ?? 0,
    rejectedLogEventsInfo?.tooNewLogEventStartIndex ?? events.length,
  );
  for (const { timestamp = nowMs, message = '' } of accepted) {
    append(world, stream, { timestamp, message });
  }
  return { nextSequenceToken: world.uniqueHex(56), ...(rejectedLogEventsInfo && { rejectedLogEventsInfo }) };
}

export function writingHandlers(world: World): Record<string, Handler> {
  return { PutLogEvents: (input: PutLogEventsRequest) => putLogEvents(world, input) };
}
