import {
  CreateQueueCommand,
  type CreateQueueCommandInput,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

/** A local AWS with one queue, and the calls that nearly every test of SQS begins with. */
export async function startQueue(attributes: CreateQueueCommandInput['Attributes'] = {}) {
  const { aws, clock, client } = await startSteppedAws();
  const sqs = new SQSClient(client);
  const create = async (QueueName: string, Attributes: CreateQueueCommandInput['Attributes'] = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  const QueueUrl = await create('jobs', attributes);
  return {
    aws,
    clock,
    sqs,
    QueueUrl,
    create,
    send: async (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: Partial<ReceiveMessageCommandInput> = {}) =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [],
  };
}
