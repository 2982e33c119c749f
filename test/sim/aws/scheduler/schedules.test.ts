import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  TagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { ROLE, settle, startAccount } from '../lambda/account.ts';

const arnOf = (queue: string): string => `arn:aws:sqs:eu-west-1:123456789012:${queue}`;
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:reaper';

async function start() {
  const account = await startAccount();
  const scheduler = new SchedulerClient(account.client);
  const sqs = new SQSClient(account.client);
  for (const QueueName of ['jobs', 'dead']) {
    await sqs.send(new CreateQueueCommand({ QueueName }));
  }
  const usual: CreateScheduleCommandInput = {
    Name: 'reaper',
    ScheduleExpression: 'rate(15 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: arnOf('jobs'), RoleArn: ROLE, Input: 'now' },
  };
  return {
    ...account,
    scheduler,
    usual,
    schedule: async (changes: Partial<CreateScheduleCommandInput> = {}) =>
      await scheduler.send(new CreateScheduleCommand({ ...usual, ...changes })),
    received: async (queue = 'jobs') => {
      const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/123456789012/${queue}`;
      const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200, MessageAttributeNames: ['All'] };
      return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
    },
  };
}

describe('a schedule', () => {
  it('sends to its target each time it is due, until it is disabled', async () => {
    const { clock, scheduler, usual, schedule, received } = await start();
    await schedule();
    clock.advance(14 * 60);
    expect(await received()).toEqual([]);
    clock.advance(31 * 60);
    expect((await received()).map(({ Body }) => Body)).toEqual(['now', 'now', 'now']);
    await scheduler.send(new UpdateScheduleCommand({ ...usual, State: 'DISABLED' }));
    clock.advance(3600);
    expect(await received()).toEqual([]);
  });

  it('of one time goes once it is done, if it says so', async () => {
    const { clock, scheduler, schedule, received } = await start();
    const once = { ScheduleExpression: 'at(2026-11-20T10:00:00)' };
    await schedule({ ...once, Name: 'gone', ActionAfterCompletion: 'DELETE' });
    await schedule({ ...once, Name: 'kept' });
    clock.advance(3600);
    expect(await received()).toHaveLength(2);
    const { Schedules } = await scheduler.send(new ListSchedulesCommand({}));
    expect(Schedules?.map(({ Name }) => Name)).toEqual(['kept']);
  });

  it('is due between its dates alone', async () => {
    const { clock, schedule, received } = await start();
    const minutes = (count: number) => new Date(clock.now().getTime() + count * 60_000);
    await schedule({ ScheduleExpression: 'rate(10 minutes)', StartDate: minutes(30), EndDate: minutes(55) });
    clock.advance(29 * 60);
    expect(await received()).toEqual([]);
    clock.advance(3600);
    expect(await received()).toHaveLength(3);
  });

  it('tells its target what it is asked to', async () => {
    const { clock, schedule, received } = await start();
    const Input = '<aws.scheduler.schedule-arn> <aws.scheduler.scheduled-time> <aws.scheduler.attempt-number>';
    await schedule({ Target: { Arn: arnOf('jobs'), RoleArn: ROLE, Input } });
    clock.advance(15 * 60);
    expect((await received()).map(({ Body }) => Body)).toEqual([
      'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/reaper 2026-11-20T09:15:00Z 1',
    ]);
  });

  it('calls a function, and is a dead letter when nothing runs it in time', async () => {
    const { aws, clock, create, activate, schedule, received } = await start();
    await create();
    activate();
    const once = { ScheduleExpression: 'at(2026-11-20T10:00:00)' };
    const Target = {
      Arn: FUNCTION,
      RoleArn: ROLE,
      Input: '{"a":1}',
      RetryPolicy: { MaximumRetryAttempts: 2 },
      DeadLetterConfig: { Arn: arnOf('dead') },
    };
    await schedule({ ...once, Name: 'early', Target });
    await schedule({ ...once, Name: 'late', Target, ScheduleExpression: 'at(2026-11-20T12:00:00)' });
    clock.advance(3600 + 179 - aws.world.durations.functionActive);
    expect(await received('dead')).toEqual([]);
    clock.advance(1);
    expect(await received('dead')).toMatchObject([
      {
        Body: '{"a":1}',
        MessageAttributes: {
          RETRY_ATTEMPTS: { StringValue: '2' },
          EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
          TARGET_ARN: { StringValue: FUNCTION },
        },
      },
    ]);

    const payloads: string[] = [];
    aws.world.lambda.onInvoke = async ({ payload }) => await Promise.resolve(payloads.push(payload));
    clock.advance(3 * 3600);
    await settle();
    expect(payloads).toEqual(['{"a":1}']);
  });

  it('is made once, and an update says all of it anew', async () => {
    const { scheduler, usual, schedule } = await start();
    await schedule({ Description: 'often', State: 'DISABLED' });
    await expect(schedule()).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    await scheduler.send(new UpdateScheduleCommand({ ...usual }));
    const held = await scheduler.send(new GetScheduleCommand({ Name: 'reaper' }));
    expect(held).toMatchObject({
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'NONE',
      Target: { RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } },
    });
    expect(held).not.toHaveProperty('Description');
    await expect(scheduler.send(new GetScheduleCommand({ Name: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  const target = { Arn: arnOf('jobs'), RoleArn: ROLE };
  it.each<Partial<CreateScheduleCommandInput>>([
    { Name: 'a b' },
    { ScheduleExpression: 'often' },
    { ScheduleExpressionTimezone: 'Europe/Atlantis' },
    { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
    { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } },
    { Target: { ...target, RoleArn: 'arn:aws:iam::123456789012:role/none' } },
    { Target: { ...target, Arn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/a' } },
    { Target: { ...target, RetryPolicy: { MaximumRetryAttempts: 186 } } },
    { Target: { ...target, RetryPolicy: { MaximumEventAgeInSeconds: 59 } } },
    { Target: { ...target, DeadLetterConfig: { Arn: FUNCTION } } },
    { StartDate: new Date(2), EndDate: new Date(1) },
  ])('is not made with %j', async (changes) => {
    const { schedule } = await start();
    await expect(schedule(changes)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a schedule group', () => {
  it('goes with its schedules, after a while, and the default one stays', async () => {
    const { aws, clock, scheduler, schedule } = await start();
    await expect(schedule({ GroupName: 'mayfly' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await scheduler.send(new CreateScheduleGroupCommand({ Name: 'mayfly', Tags: [{ Key: 'a', Value: '1' }] }));
    await schedule({ GroupName: 'mayfly' });
    const { Arn: ResourceArn } = await scheduler.send(new GetScheduleGroupCommand({ Name: 'mayfly' }));
    await scheduler.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
    const { Tags } = await scheduler.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags?.map(({ Key }) => Key)).toEqual(['a', 'b']);

    await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'mayfly' }));
    expect(await scheduler.send(new GetScheduleGroupCommand({ Name: 'mayfly' }))).toMatchObject({ State: 'DELETING' });
    clock.advance(aws.world.durations.scheduleGroupDeleted);
    await expect(scheduler.send(new GetScheduleGroupCommand({ Name: 'mayfly' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(aws.world.scheduler.schedules.size).toBe(0);
    await expect(scheduler.send(new DeleteScheduleGroupCommand({ Name: 'default' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
