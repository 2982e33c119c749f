import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

export interface LogReader {
  /**
   * The last `lines` lines, oldest first, of the newest log stream whose name begins with `streamPrefix`, or of the
   * newest of all. Empty when there is no such group, stream or line.
   */
  tail(from: { logGroup: string; streamPrefix?: string; lines: number }): Promise<string[]>;
}

export function createLogReader(logs: Sender<CloudWatchLogsClient>): LogReader {
  return {
    async tail({ logGroup, streamPrefix, lines }) {
      const stream = await newestStream(logs, logGroup, streamPrefix);
      if (stream === undefined) {
        return [];
      }
      const page = await ask(
        `reading the log ${logGroup}`,
        () =>
          logs.send(
            new GetLogEventsCommand({
              logGroupName: logGroup,
              logStreamName: stream,
              limit: lines,
              startFromHead: false,
            }),
          ),
        { on: { 'not-found': () => undefined } },
      );
      return (page?.events ?? []).map(({ message = '' }) => message.replace(/\s+$/, '')).slice(-lines);
    },
  };
}

/** CloudWatch orders by name or by time of the last event, but takes a prefix only with the order by name. */
async function newestStream(
  logs: Sender<CloudWatchLogsClient>,
  logGroupName: string,
  prefix: string | undefined,
): Promise<string | undefined> {
  const order =
    prefix === undefined
      ? { orderBy: 'LastEventTime' as const, descending: true, limit: 1 }
      : { logStreamNamePrefix: prefix };
  const found = await ask(
    `listing the streams of the log ${logGroupName}`,
    () => logs.send(new DescribeLogStreamsCommand({ logGroupName, ...order })),
    { on: { 'not-found': () => undefined } },
  );
  const streams = (found?.logStreams ?? []).toSorted(
    (a, b) => (b.lastEventTimestamp ?? b.creationTime ?? 0) - (a.lastEventTimestamp ?? a.creationTime ?? 0),
  );
  return streams[0]?.logStreamName;
}
