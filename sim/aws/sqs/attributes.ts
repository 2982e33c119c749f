import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkRedrive } from './redrive.ts';

interface Range {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/**
 * The attributes that are numbers. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const ranges: Readonly<Record<string, Range>> = {
  DelaySeconds: { least: 0, most: 900, usual: 0 },
  MaximumMessageSize: { least: 1024, most: 1_048_576, usual: 1_048_576 },
  MessageRetentionPeriod: { least: 60, most: 1_209_600, usual: 345_600 },
  ReceiveMessageWaitTimeSeconds: { least: 0, most: 20, usual: 0 },
  VisibilityTimeout: { least: 0, most: 43_200, usual: 30 },
  KmsDataKeyReusePeriodSeconds: { least: 60, most: 86_400, usual: 300 },
};

const TEXTS = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];
const OF_FIFO = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

type Attributes = Readonly<Record<string, string>>;

/** Throws InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue. */
export function checkAttributes(world: World, asked: Attributes): void {
  for (const [name, value] of Object.entries(asked)) {
    if (OF_FIFO.includes(name)) {
      throw new Refusal('UnsupportedOperation', `The local cloud has standard queues only: ${name} cannot be set.`);
    }
    if (!(name in ranges) && !TEXTS.includes(name)) {
      throw new Refusal('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    checkValue(name, value);
  }
  if (asked['RedrivePolicy']) {
    checkRedrive(world, asked['RedrivePolicy']);
  }
  if (asked['KmsMasterKeyId'] && asked['SqsManagedSseEnabled'] === 'true') {
    throw invalid(
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
}

function checkValue(name: string, value: string): void {
  const range = ranges[name];
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (range && !(number >= range.least && number <= range.most)) {
    throw invalid(`Invalid value for the parameter ${name}.`);
  }
  if (name === 'Policy' && value !== '' && !isJsonObject(value)) {
    throw invalid('Invalid value for the parameter Policy.');
  }
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidAttributeValue', message);
}

/** Merges what is set into what is there: an empty text takes an attribute away, and one kind of encryption the other. */
export function setAttributes(held: Map<string, string>, asked: Attributes): void {
  for (const [name, value] of Object.entries(asked)) {
    if (value === '') {
      held.delete(name);
    } else {
      held.set(name, value);
    }
  }
  if (asked['SqsManagedSseEnabled'] === 'true') {
    held.delete('KmsMasterKeyId');
  }
  if (asked['KmsMasterKeyId']) {
    held.delete('SqsManagedSseEnabled');
  }
}

/** What was set, and the usual values of the rest. */
export function effectiveAttributes(held: ReadonlyMap<string, string>): Record<string, string> {
  const hasKey = held.has('KmsMasterKeyId');
  const usual = Object.entries(ranges)
    .filter(([name]) => hasKey || name !== 'KmsDataKeyReusePeriodSeconds')
    .map(([name, range]) => [name, String(range.usual)]);
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
  return { ...Object.fromEntries(usual), SqsManagedSseEnabled: String(!hasKey), ...Object.fromEntries(held) };
}

/** Seconds, or bytes. */
export function numberOf(held: ReadonlyMap<string, string>, name: keyof typeof ranges): number {
  return Number(held.get(name) ?? ranges[name]?.usual);
}
