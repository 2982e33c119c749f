import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from '@jest/globals';
import { writeLog } from '../../../../sim/aws/logs/writing.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const logGroupName = '/pr-1/api';

async function startWithStreams(...streams: string[]) {
  const { aws, clock, client } = await startSteppedAws({ rateLimits: false });
  const logs = new CloudWatchLogsClient(client);
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  for (const logStreamName of streams) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }
  const say = (stream: string, line: string) => writeLog(aws.world, { group: logGroupName, stream, line });
  const filter = async (input: Partial<FilterLogEventsCommandInput> = {}) => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }));
    return events.map(({ message }) => message);
  };
  return { world: aws.world, clock, logs, say, filter };
}

describe('log events', () => {
  it('of several streams are interleaved by time, between two instants', async () => {
    const { clock, say, filter } = await startWithStreams('one', 'two');
    const start = clock.now().getTime();
    for (const [stream, line] of [
      ['two', 'first'],
      ['one', 'second'],
      ['two', 'third'],
    ] as const) {
      say(stream, line);
      clock.advance(1);
    }

    expect(await filter()).toEqual(['first', 'second', 'third']);
    expect(await filter({ startTime: start + 1000, endTime: start + 1000 })).toEqual(['second']);
    expect(await filter({ logStreamNamePrefix: 'tw' })).toEqual(['first', 'third']);
    expect(await filter({ logStreamNames: ['one'] })).toEqual(['second']);
  });

  it.each([
    ['words that all stand in them', 'ERROR database', ['ERROR: database gone']],
    ['a phrase', '"database gone"', ['ERROR: database gone']],
    ['one of several words', '?ERROR ?WARN', ['ERROR: database gone', 'WARN slow database']],
    ['the absence of a word', 'database -ERROR', ['WARN slow database']],
    ['nothing', '', ['ERROR: database gone', 'WARN slow database', 'GET / 200']],
  ])('are found by %s', async (_what, filterPattern, expected) => {
    const { say, filter } = await startWithStreams();
    for (const line of ['ERROR: database gone', 'WARN slow database', 'GET / 200']) {
      say('api', line);
    }

    expect(await filter({ filterPattern })).toEqual(expected);
  });

  it('are not found by a JSON pattern here, and that is said', async () => {
    const { filter } = await startWithStreams();

    await expect(filter({ filterPattern: '{ $.level = "error" }' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('are read from the end by default and followed with the forward token, which stays the same at the end', async () => {
    const { logs, say } = await startWithStreams('api');
    const read = async (nextToken?: string) =>
      await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'api', limit: 2, nextToken }));
    const lines = ({ events = [] }: Awaited<ReturnType<typeof read>>) => events.map(({ message }) => message);
    for (const line of ['a', 'b', 'c']) {
      say('api', line);
    }

    const tail = await read();
    expect(lines(tail)).toEqual(['b', 'c']);
    expect(lines(await read(tail.nextBackwardToken))).toEqual(['a']);
    const nothing = await read(tail.nextForwardToken);
    expect([lines(nothing), nothing.nextForwardToken]).toEqual([[], tail.nextForwardToken]);
    say('api', 'd');
    expect(lines(await read(nothing.nextForwardToken))).toEqual(['d']);
  });

  it('are refused out of order, and left out when too old or too new', async () => {
    const { clock, logs, filter } = await startWithStreams('api');
    const now = clock.now().getTime();
    const put = async (...ages: number[]) =>
      await logs.send(
        new PutLogEventsCommand({
          logGroupName,
          logStreamName: 'api',
          logEvents: ages.map((age) => ({ timestamp: now - age, message: `age ${age}` })),
        }),
      );
    const day = 86_400_000;

    await expect(put(0, 5)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { rejectedLogEventsInfo } = await put(15 * day, day, 0, -day);

    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 });
    expect(await filter()).toEqual([`age ${day}`, 'age 0']);
  });

  it('are no longer returned after the retention of their group', async () => {
    const { clock, logs, say, filter } = await startWithStreams();
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    say('api', 'old');
    clock.advance(86_400 + 1);
    say('api', 'new');

    expect(await filter()).toEqual(['new']);
  });

  it('go nowhere when there is no group, stream or pattern to have them', async () => {
    const { world, logs } = await startWithStreams();

    expect(writeLog(world, { group: '/gone', stream: 'a', line: 'late' })).toBe(false);
    expect(world.logs.groups.has('/gone')).toBe(false);
    for (const logStreamName of ['none']) {
      await expect(logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }
  });
});
