import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/logs/inventory.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

async function start() {
  const { aws, clock, client } = await startSteppedAws({ rateLimits: false });
  return { world: aws.world, clock, logs: new CloudWatchLogsClient(client) };
}

const arn = (name: string) => `arn:aws:logs:eu-west-1:123456789012:log-group:${name}`;

describe('a log group', () => {
  it('is described with both forms of its ARN and never expires until it is told when', async () => {
    const { logs } = await start();
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/ephemeral/pr-1/api' }));

    const [fresh] = (await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? [];
    expect(fresh).toMatchObject({
      arn: `${arn('/ephemeral/pr-1/api')}:*`,
      logGroupArn: arn('/ephemeral/pr-1/api'),
      storedBytes: 0,
    });
    expect(fresh?.retentionInDays).toBeUndefined();

    await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/ephemeral/pr-1/api', retentionInDays: 7 }));
    const [kept] = (await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? [];
    expect(kept?.retentionInDays).toBe(7);
  });

  it('is not made twice, and is not found once it is deleted', async () => {
    const { logs } = await start();
    const logGroupName = '/pr-1';
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    });

    await logs.send(new DeleteLogGroupCommand({ logGroupName }));

    for (const command of [
      new DeleteLogGroupCommand({ logGroupName }),
      new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }),
    ]) {
      await expect(logs.send(command as DeleteLogGroupCommand)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'The specified log group does not exist.',
      });
    }
  });

  it.each([
    ['a space', 'pr 1'],
    ['an at sign', 'pr@1'],
    ['the reserved prefix', 'aws/pr-1'],
    ['513 characters', 'x'.repeat(513)],
  ])('is refused a name with %s', async (_what, logGroupName) => {
    const { logs } = await start();

    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('takes a name of 512 characters and of every kind', async () => {
    const { logs } = await start();
    const logGroupName = '/aws/ecs/._-#A1'.padEnd(512, 'x');
    await logs.send(new CreateLogGroupCommand({ logGroupName }));

    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/ecs/' }));
    expect(logGroups?.map((group) => group.logGroupName)).toEqual([logGroupName]);
  });

  it('is kept for one of the numbers of days that CloudWatch Logs offers, and no other', async () => {
    const { logs } = await start();
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/pr-1' }));

    await expect(
      logs.send(new PutRetentionPolicyCommand({ logGroupName: '/pr-1', retentionInDays: 8 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('is listed by prefix, in order of names, page by page', async () => {
    const { logs } = await start();
    for (const logGroupName of ['/b/2', '/a/1', '/b/1', '/b/3']) {
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
    }

    const first = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/b/', limit: 2 }));
    const rest = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/b/', limit: 2, nextToken: first.nextToken }),
    );

    const names = [first, rest].map(({ logGroups = [] }) => logGroups.map(({ logGroupName }) => logGroupName));
    expect(names).toEqual([['/b/1', '/b/2'], ['/b/3']]);
    expect(rest.nextToken).toBeUndefined();
    await expect(logs.send(new DescribeLogGroupsCommand({ limit: 51 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(logs.send(new DescribeLogGroupsCommand({ nextToken: 'mine' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('the tags of a log group', () => {
  it('are set with it, added, taken away, and reach the tag index', async () => {
    const { logs, world, clock } = await start();
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/pr-1', tags: { Environment: 'pr-1', A: '1' } }));
    const resourceArn = arn('/pr-1');

    await logs.send(new TagResourceCommand({ resourceArn, tags: { TTL: '2026-11-29T22:40:00Z' } }));
    await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['A'] }));

    const expected = { Environment: 'pr-1', TTL: '2026-11-29T22:40:00Z' };
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(expected);
    clock.advance(60);
    expect(new Map(world.tagIndex.entries()).get(resourceArn)).toEqual(expected);
    expect(inventoryOf(world)).toMatchObject([
      { name: '/pr-1', tags: expected, detail: { retention: 'never expires' } },
    ]);
  });

  it('want the ARN without the star that DescribeLogGroups puts behind it', async () => {
    const { logs } = await start();
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/pr-1' }));

    await expect(
      logs.send(new TagResourceCommand({ resourceArn: `${arn('/pr-1')}:*`, tags: { A: '1' } })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('a log stream', () => {
  it('is made once, listed by name, or by its latest event', async () => {
    const { logs, clock } = await start();
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/pr-1' }));
    for (const logStreamName of ['b', 'a']) {
      await logs.send(new CreateLogStreamCommand({ logGroupName: '/pr-1', logStreamName }));
      const logEvents = [{ timestamp: clock.now().getTime(), message: 'hello' }];
      await logs.send(new PutLogEventsCommand({ logGroupName: '/pr-1', logStreamName, logEvents }));
      clock.advance(10);
    }

    const listed = async (orderBy: 'LogStreamName' | 'LastEventTime', descending: boolean) => {
      const answer = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/pr-1', orderBy, descending }));
      return answer.logStreams?.map(({ logStreamName }) => logStreamName);
    };
    expect(await listed('LogStreamName', false)).toEqual(['a', 'b']);
    expect(await listed('LastEventTime', false)).toEqual(['b', 'a']);
    expect(await listed('LastEventTime', true)).toEqual(['a', 'b']);
    await expect(
      logs.send(new CreateLogStreamCommand({ logGroupName: '/pr-1', logStreamName: 'a' })),
    ).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });
});
