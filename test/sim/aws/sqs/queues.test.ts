import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { startQueue } from './account.ts';

describe('a queue', () => {
  it('begins with the usual attributes', async () => {
    const { sqs, QueueUrl } = await startQueue();
    const all = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(all.Attributes).toEqual({
      QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:jobs',
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      VisibilityTimeout: '30',
      SqsManagedSseEnabled: 'true',
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: expect.any(String),
      LastModifiedTimestamp: expect.any(String),
    });
    const one = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['DelaySeconds'] }));
    expect(one.Attributes).toEqual({ DelaySeconds: '0' });
  });

  it('is encrypted in one way at a time', async () => {
    const { sqs, QueueUrl } = await startQueue({ KmsMasterKeyId: 'alias/aws/sqs' });
    const set = async (Attributes: Record<string, string>) =>
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    const get = async () =>
      (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;
    expect(await get()).toMatchObject({ SqsManagedSseEnabled: 'false', KmsDataKeyReusePeriodSeconds: '300' });
    await expect(set({ KmsMasterKeyId: 'alias/other', SqsManagedSseEnabled: 'true' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
    });
    await set({ SqsManagedSseEnabled: 'true' });
    expect(await get()).not.toHaveProperty('KmsMasterKeyId');
  });

  it.each([
    [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    [{ DelaySeconds: 'soon' }, 'InvalidAttributeValue'],
    [{ Policy: 'none' }, 'InvalidAttributeValue'],
    [{ Colour: 'red' }, 'InvalidAttributeName'],
    [{ FifoQueue: 'true' }, 'UnsupportedOperation'],
    [{ RedrivePolicy: '{' }, 'InvalidParameterValue'],
    [
      { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:none","maxReceiveCount":3}' },
      'InvalidParameterValue',
    ],
  ])('does not take %j', async (Attributes, name) => {
    const { sqs, QueueUrl } = await startQueue();
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { ...Attributes } as Record<string, string> })),
    ).rejects.toMatchObject({ name });
  });

  it('is made again only as it is', async () => {
    const { sqs, QueueUrl, create } = await startQueue({ DelaySeconds: '5' });
    expect(await create('jobs', { DelaySeconds: '5' })).toBe(QueueUrl);
    await expect(create('jobs', { DelaySeconds: '6' })).rejects.toMatchObject({ name: 'QueueNameExists' });
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'a b' }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('is gone at once, and its name is free a minute later', async () => {
    const { clock, sqs, QueueUrl, create } = await startQueue();
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    clock.advance(59);
    await expect(create('jobs')).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    clock.advance(1);
    expect(await create('jobs')).toBe(QueueUrl);
  });

  it('has tags', async () => {
    const { sqs, QueueUrl } = await startQueue();
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: '1', b: '2' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '2' });
  });

  it('knows whose dead letters it takes', async () => {
    const { sqs, QueueUrl, create } = await startQueue();
    const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
    const source = await create('source', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
    });
    const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
    expect(queueUrls).toEqual([source]);
  });
});
