import type { Tags } from '../tag-index.ts';

/** One attribute that a sender puts beside the body. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly sentAt: Date;
  /** Before this it is delayed, or in the hands of who received it last. */
  visibleAt: Date;
  /** While it waits for its first delivery it is delayed, not in flight. */
  receiveCount: number;
  firstReceivedAt: Date | undefined;
  /** Of the newest delivery; older ones delete nothing. */
  receiptHandle: string | undefined;
  /** ARN of the queue it was moved from, as a dead letter. */
  readonly movedFrom: string | undefined;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  /** Those that were set, by name. */
  readonly attributes: Map<string, string>;
  tags: Tags;
  /** Oldest first. */
  messages: Message[];
  /** Told when a message comes; each is who waits on an empty queue. */
  readonly waiting: Set<() => void>;
  purgedAt: Date | undefined;
}

/** Everything SQS holds in this account. */
export interface SqsState {
  readonly queues: Map<string, Queue>;
  /** When a queue of a name went; the name is not free at once. */
  readonly deletedAt: Map<string, Date>;
}

export function createSqsState(): SqsState {
  return { queues: new Map(), deletedAt: new Map() };
}
