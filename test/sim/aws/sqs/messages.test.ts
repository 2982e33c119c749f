import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { startQueue } from './account.ts';

describe('a message', () => {
  it('is hidden from others until its visibility timeout, and gone once it was deleted', async () => {
    const { clock, sqs, QueueUrl, send, receive } = await startQueue();
    await send('work', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'build' } } });
    const [first] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(first).toMatchObject({
      Body: 'work',
      MessageAttributes: { kind: { StringValue: 'build' } },
      Attributes: { ApproximateReceiveCount: '1' },
    });
    expect(await receive()).toEqual([]);
    clock.advance(30);
    const [again] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: '2' });

    // The older receipt deletes nothing any more.
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [last] = await receive();
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: last?.ReceiptHandle }));
    clock.advance(30);
    expect(await receive()).toEqual([]);
  });

  it('is delayed, counted, and forgotten after its retention', async () => {
    const { clock, sqs, QueueUrl, send, receive } = await startQueue({ MessageRetentionPeriod: '600' });
    const counts = async () => {
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      const counted: Readonly<Record<string, string>> = { ...Attributes };
      return ['', 'NotVisible', 'Delayed'].map((suffix) => counted[`ApproximateNumberOfMessages${suffix}`]);
    };
    await send('later', { DelaySeconds: 60 });
    await send('now');
    expect((await receive()).map(({ Body }) => Body)).toEqual(['now']);
    expect(await counts()).toEqual(['0', '1', '1']);
    clock.advance(60);
    expect(await counts()).toEqual(['2', '0', '0']);
    clock.advance(540);
    expect(await counts()).toEqual(['0', '0', '0']);
  });

  it('goes to the dead-letter queue when it was received as often as allowed', async () => {
    const { clock, sqs, create, send, receive, QueueUrl } = await startQueue();
    const dead = await create('dead');
    await send('poison');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead',
      maxReceiveCount: '2',
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
    for (const expected of [1, 1, 0]) {
      expect(await receive()).toHaveLength(expected);
      clock.advance(30);
    }
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dead, MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:jobs' } },
    ]);
  });

  it('ends the wait for it, which ends without one when its time is over', async () => {
    const { aws, clock, send, receive } = await startQueue();
    const waiting = async () => {
      const received = receive({ WaitTimeSeconds: 20 });
      const queue = aws.world.sqs.queues.get('jobs');
      while (queue?.waiting.size === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { received };
    };
    const first = await waiting();
    await send('work');
    expect(await first.received).toMatchObject([{ Body: 'work' }]);
    const second = await waiting();
    clock.advance(20);
    expect(await second.received).toEqual([]);
  });

  it.each([
    ['', {}],
    ['\u0000', {}],
    ['x'.repeat(1025), {}],
    ['x', { DelaySeconds: 901 }],
  ])('is refused: %j', async (body, more) => {
    const { send } = await startQueue({ MaximumMessageSize: '1024' });
    await expect(send(body, more)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('is sent and deleted among others, and one that is refused fails alone', async () => {
    const { sqs, QueueUrl, receive } = await startQueue();
    const Entries = [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: '\u0000' },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect([sent.Successful?.map(({ Id }) => Id), sent.Failed?.map(({ Id }) => Id)]).toEqual([['a'], ['b']]);
    const [message] = await receive();
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'made up' },
        ],
      }),
    );
    expect(deleted).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }] });
    await expect(
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [Entries[0], Entries[0]] as typeof Entries })),
    ).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
  });

  it('is purged with all others, once a minute', async () => {
    const { sqs, QueueUrl, send, receive } = await startQueue();
    await send('work');
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await receive()).toEqual([]);
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  });
});
