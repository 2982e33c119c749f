import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  type SubscribeCommandInput,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:alerts';

async function start() {
  const { aws, client } = await startSteppedAws();
  const sns = new SNSClient(client);
  const sqs = new SQSClient(client);
  await sns.send(new CreateTopicCommand({ Name: 'alerts', Tags: [{ Key: 'Team', Value: 'data' }] }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'alerts' }));
  return {
    aws,
    sns,
    subscribe: async (Protocol: string, Endpoint: string, more: Partial<SubscribeCommandInput> = {}) =>
      (await sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, ...more }))).SubscriptionArn ?? '',
    publish: async (Message: string, more: Partial<PublishCommandInput> = {}) =>
      await sns.send(new PublishCommand({ TopicArn, Message, ...more })),
    received: async () =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })))
        .Messages ?? [],
    topicAttributes: async () => (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {},
  };
}

describe('a topic', () => {
  it('is made again only as it is, and says who may use it', async () => {
    const { sns, topicAttributes } = await start();
    const again = async (more: object) => await sns.send(new CreateTopicCommand({ Name: 'alerts', ...more }));
    expect(await again({ Tags: [{ Key: 'Team', Value: 'data' }] })).toMatchObject({ TopicArn });
    await expect(again({ Tags: [{ Key: 'Team', Value: 'web' }] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Alerts' }));
    const { Policy = '', ...attributes } = await topicAttributes();
    expect(attributes).toMatchObject({ DisplayName: 'Alerts', Owner: '123456789012', SubscriptionsConfirmed: '0' });
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Resource: TopicArn }] });
    await expect(
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Colour', AttributeValue: 'red' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
    expect(Tags).toEqual([{ Key: 'Team', Value: 'data' }]);
  });

  it('goes with its subscriptions, and may be deleted twice', async () => {
    const { aws, sns, subscribe } = await start();
    await subscribe('sqs', QUEUE_ARN);
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    expect(aws.world.sns.subscriptions.size).toBe(0);
    await expect(sns.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('a subscription', () => {
  it('of a person waits for them, and cannot be ended before', async () => {
    const { aws, sns, subscribe, publish, topicAttributes } = await start();
    expect(await subscribe('email', 'ops@example.gov.uk')).toBe('pending confirmation');
    const arn = await subscribe('email', 'ops@example.gov.uk', { ReturnSubscriptionArn: true });
    const listed = async () =>
      (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions?.map(
        ({ SubscriptionArn }) => SubscriptionArn,
      );
    expect([await listed(), (await topicAttributes())['SubscriptionsPending']]).toEqual([['PendingConfirmation'], '1']);
    const end = async () => await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await expect(end()).rejects.toThrow('pending confirmation');

    const Token = aws.world.sns.subscriptions.get(arn)?.token;
    await expect(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'made up' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    await publish('down', { Subject: 'Alert' });
    expect(aws.world.sns.topics.get(TopicArn)?.published).toMatchObject([
      { subject: 'Alert', message: 'down', subscriptions: [arn] },
    ]);
    await end();
    await end();
    expect(await listed()).toEqual([]);
  });

  it.each([
    ['carrier-pigeon', 'somebody'],
    ['email', 'nobody'],
    ['sqs', 'https://sqs.eu-west-1.amazonaws.com/123456789012/alerts'],
    ['https', 'http://example.gov.uk'],
  ])('is not made by %s of %s', async (protocol, endpoint) => {
    const { subscribe } = await start();
    await expect(subscribe(protocol, endpoint)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('of a queue takes every message, in an envelope or raw', async () => {
    const { sns, subscribe, publish, received } = await start();
    const SubscriptionArn = await subscribe('sqs', QUEUE_ARN);
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'alarm' } };
    await publish('down', { Subject: 'Alert', MessageAttributes });
    const [wrapped] = await received();
    expect(JSON.parse(wrapped?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      TopicArn,
      Subject: 'Alert',
      Message: 'down',
      MessageAttributes: { kind: { Type: 'String', Value: 'alarm' } },
    });

    const raw = { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...raw }));
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ RawMessageDelivery: 'true', PendingConfirmation: 'false' });
    await publish(JSON.stringify({ default: 'all', sqs: 'queues' }), { MessageStructure: 'json', MessageAttributes });
    expect(await received()).toMatchObject([{ Body: 'queues', MessageAttributes: { kind: { StringValue: 'alarm' } } }]);
  });
});

describe('a message', () => {
  it.each([
    ['', {}],
    ['x'.repeat(262_145), {}],
    ['x', { Subject: 'two\nlines' }],
    ['{}', { MessageStructure: 'json' }],
    ['x', { MessageStructure: 'json' }],
  ])('is refused: %#', async (message, more) => {
    const { publish } = await start();
    await expect(publish(message, more)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
