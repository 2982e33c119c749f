import type { Tags } from '../tag-index.ts';

/** A message as it was published, for who wants to see what people would have been told. */
export interface Notification {
  readonly id: string;
  readonly at: Date;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** ARNs of the confirmed subscriptions that it was for. */
  readonly subscriptions: readonly string[];
}

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** Those that were set, by name. */
  readonly attributes: Map<string, string>;
  tags: Tags;
  /** The newest ones, oldest first. */
  published: readonly Notification[];
  subscriptionsDeleted: number;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Map<string, string>;
  /** What its endpoint was sent, and confirms it with; undefined once it has. */
  token: string | undefined;
}

/** Everything SNS holds in this account. */
export interface SnsState {
  /** By ARN. */
  readonly topics: Map<string, Topic>;
  /** By ARN. */
  readonly subscriptions: Map<string, Subscription>;
}

export function createSnsState(): SnsState {
  return { topics: new Map(), subscriptions: new Map() };
}
