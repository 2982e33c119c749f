import type {
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkAttributes, effectiveAttributes, setAttributes } from './attributes.ts';
import { countsOf } from './counts.ts';
import { invalidParameter, noSuchQueue, queueAt } from './lookup.ts';
import { sourcesOf } from './redrive.ts';
import type { Queue } from './state.ts';
import { keepTags, tagsIn } from './tags.ts';

const LEGAL_NAME = /^[\w-]{1,80}$/;
const MOST_QUEUES_A_PAGE = 1000;
/** "you must wait at least 60 seconds before creating a queue with the same name" (DeleteQueue, API reference). */
const NAME_IS_FREE_AFTER_SECONDS = 60;

/** May be called again with the same attributes. Throws QueueNameExists for others, QueueDeletedRecently. */
function createQueue(world: World, input: CreateQueueRequest): CreateQueueResult {
  const { QueueName: name = '', Attributes = {} } = input;
  if (!LEGAL_NAME.test(name)) {
    throw invalidParameter(
      name,
      'QueueName',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
    );
  }
  checkAttributes(world, Attributes);
  const existing = world.sqs.queues.get(name);
  if (existing) {
    checkSame(existing, Attributes);
    return { QueueUrl: existing.url };
  }
  checkNameIsFree(world, name);
  const queue = newQueue(world, name);
  setAttributes(queue.attributes, Attributes);
  keepTags(world, queue, tagsIn(input.tags));
  world.sqs.queues.set(name, queue);
  return { QueueUrl: queue.url };
}

function checkSame(existing: Queue, asked: Readonly<Record<string, string>>): void {
  const held = effectiveAttributes(existing.attributes);
  const other = Object.entries(asked).find(([name, value]) => (held[name] ?? '') !== value);
  if (other) {
    throw new Refusal(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${other[0]}`,
    );
  }
}

function checkNameIsFree({ sqs, clock }: World, name: string): void {
  const deleted = sqs.deletedAt.get(name);
  if (deleted && (clock.now().getTime() - deleted.getTime()) / 1000 < NAME_IS_FREE_AFTER_SECONDS) {
    throw new Refusal(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  }
}

function newQueue({ region, accountId, clock }: World, name: string): Queue {
  const now = clock.now();
  return {
    name,
    arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
    url: `https://sqs.${region}.amazonaws.com/${accountId}/${name}`,
    createdAt: now,
    modifiedAt: now,
    attributes: new Map(),
    tags: {},
    messages: [],
    waiting: new Set(),
    purgedAt: undefined,
  };
}

function deleteQueue(world: World, { QueueUrl }: DeleteQueueRequest): void {
  const { name, arn } = queueAt(world, QueueUrl);
  world.sqs.queues.delete(name);
  world.sqs.deletedAt.set(name, world.clock.now());
  world.tagIndex.remove(arn);
}

function getQueueUrl(world: World, { QueueName = '' }: GetQueueUrlRequest): GetQueueUrlResult {
  const queue = world.sqs.queues.get(QueueName);
  if (!queue) {
    throw noSuchQueue();
  }
  return { QueueUrl: queue.url };
}

function listQueues(world: World, input: ListQueuesRequest): ListQueuesResult {
  const { QueueNamePrefix = '', MaxResults: limit = MOST_QUEUES_A_PAGE, NextToken: token } = input;
  const found = [...world.sqs.queues.values()].filter(({ name }) => name.startsWith(QueueNamePrefix));
  const refuseToken = (): never => {
    throw invalidParameter(token ?? '', 'NextToken', 'Invalid or expired next token.');
  };
  const { items, nextToken } = pageOf(found, { limit, token, refuseToken });
  return {
    QueueUrls: items.map(({ url }) => url),
    ...(input.MaxResults !== undefined && nextToken !== undefined && { NextToken: nextToken }),
  };
}

function listSources(world: World, { QueueUrl }: ListDeadLetterSourceQueuesRequest): ListDeadLetterSourceQueuesResult {
  return { queueUrls: sourcesOf(world, queueAt(world, QueueUrl)).map(({ url }) => url) };
}

function getAttributes(world: World, input: GetQueueAttributesRequest): GetQueueAttributesResult {
  const queue = queueAt(world, input.QueueUrl);
  const seconds = (instant: Date): string => String(Math.floor(instant.getTime() / 1000));
  const all: Record<string, string> = {
    ...effectiveAttributes(queue.attributes),
    ...countsOf(world, queue),
    QueueArn: queue.arn,
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
  };
  const asked = new Set<string>(input.AttributeNames ?? []);
  const shown = Object.entries(all).filter(([name]) => asked.has('All') || asked.has(name));
  return shown.length > 0 ? { Attributes: Object.fromEntries(shown) } : {};
}

function setQueueAttributes(world: World, { QueueUrl, Attributes = {} }: SetQueueAttributesRequest): void {
  const queue = queueAt(world, QueueUrl);
  checkAttributes(world, Attributes);
  setAttributes(queue.attributes, Attributes);
  queue.modifiedAt = world.clock.now();
}

export function queueHandlers(world: World): Record<string, Handler> {
  return {
    CreateQueue: (input: CreateQueueRequest) => createQueue(world, input),
    DeleteQueue: (input: DeleteQueueRequest) => deleteQueue(world, input),
    GetQueueUrl: (input: GetQueueUrlRequest) => getQueueUrl(world, input),
    ListQueues: (input: ListQueuesRequest) => listQueues(world, input),
    ListDeadLetterSourceQueues: (input: ListDeadLetterSourceQueuesRequest) => listSources(world, input),
    GetQueueAttributes: (input: GetQueueAttributesRequest) => getAttributes(world, input),
    SetQueueAttributes: (input: SetQueueAttributesRequest) => setQueueAttributes(world, input),
  };
}
