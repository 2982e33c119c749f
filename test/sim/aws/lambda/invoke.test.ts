import { PutFunctionConcurrencyCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { settle, startAccount } from './account.ts';

const FunctionName = 'reaper';

async function startFunction(changes: object = {}) {
  const account = await startAccount();
  const sqs = new SQSClient(account.client);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  await account.create(changes);
  return {
    ...account,
    received: async () =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })))
        .Messages ?? [],
    pass: async (seconds: number) => {
      account.clock.advance(seconds);
      await settle();
    },
  };
}

const DEAD = 'arn:aws:sqs:eu-west-1:123456789012:dead';

describe('an invocation', () => {
  it('is refused in words while nothing runs functions, and kept all the same', async () => {
    const { aws, activate, invoke } = await startFunction();
    await expect(invoke({})).rejects.toMatchObject({ name: 'ResourceConflictException' });
    activate();
    const words =
      'The local cloud runs no code, and its host has registered nothing that answers for the function reaper.';
    for (const InvocationType of ['RequestResponse', 'Event'] as const) {
      await expect(invoke({ a: 1 }, { InvocationType })).rejects.toMatchObject({
        name: 'InvalidAction',
        message: words,
      });
    }
    expect(await invoke({}, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
    expect(aws.world.lambda.functions.get('reaper')?.invocations.at(-1)).toMatchObject({
      payload: '{"a":1}',
      outcome: words,
    });
  });

  it('is answered by what the host registered, which may fail as a function does', async () => {
    const { aws, activate, invoke } = await startFunction({ Environment: { Variables: { STAGE: 'nonprod' } } });
    activate();
    aws.world.lambda.onInvoke = async ({ payload, environment }) => {
      const { fail, ...rest } = JSON.parse(payload) as { fail?: string };
      if (fail) {
        throw new TypeError(fail);
      }
      return await Promise.resolve({ ...rest, ...environment });
    };
    expect(await invoke({ a: 1 })).toMatchObject({ StatusCode: 200, payload: { a: 1, STAGE: 'nonprod' } });
    expect(await invoke({ fail: 'no' })).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'no' },
    });
    expect(aws.world.lambda.functions.get('reaper')?.invocations.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'failed',
    ]);
  });

  it('is refused when no concurrency is reserved, and when it is no JSON', async () => {
    const { aws, lambda, activate, invoke } = await startFunction();
    activate();
    aws.world.lambda.onInvoke = async () => await Promise.resolve({});
    await expect(invoke({}, { Payload: '{' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    await expect(invoke({})).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('an event', () => {
  it('that fails is tried twice more, and then goes to the destination and to the dead letters', async () => {
    const { aws, lambda, activate, invoke, received, pass } = await startFunction({
      DeadLetterConfig: { TargetArn: DEAD },
    });
    activate();
    const DestinationConfig = { OnFailure: { Destination: DEAD } };
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
    aws.world.lambda.onInvoke = async () => await Promise.reject(new Error('no'));
    expect(await invoke({ a: 1 }, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
    for (const seconds of [0, 60, 120]) {
      expect(await received()).toEqual([]);
      await pass(seconds);
    }
    expect(aws.world.lambda.functions.get('reaper')?.invocations.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [destination, deadLetter] = await received();
    expect(JSON.parse(destination?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { a: 1 },
      responsePayload: { errorMessage: 'no' },
    });
    expect(deadLetter).toMatchObject({ Body: '{"a":1}', MessageAttributes: { ErrorMessage: { StringValue: 'no' } } });
  });

  it('is not tried beyond the age that is allowed', async () => {
    const { aws, lambda, activate, invoke, received, pass } = await startFunction();
    activate();
    const DestinationConfig = { OnFailure: { Destination: DEAD } };
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig, MaximumEventAgeInSeconds: 60 }),
    );
    aws.world.lambda.onInvoke = async () => await Promise.reject(new Error('no'));
    await invoke({}, { InvocationType: 'Event' });
    await pass(0);
    await pass(60);
    const [message] = await received();
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
    });
  });

  it('comes from a topic that the function is subscribed to', async () => {
    const { aws, client, activate, pass } = await startFunction();
    activate();
    const payloads: string[] = [];
    aws.world.lambda.onInvoke = async ({ payload }) => await Promise.resolve(payloads.push(payload));
    const sns = new SNSClient(client);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
    const Endpoint = 'arn:aws:lambda:eu-west-1:123456789012:function:reaper';
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint }));
    await sns.send(new PublishCommand({ TopicArn, Message: 'down' }));
    await pass(0);
    expect(payloads.map((payload) => JSON.parse(payload))).toMatchObject([
      { Records: [{ EventSource: 'aws:sns', Sns: { Message: 'down' } }] },
    ]);
  });
});
