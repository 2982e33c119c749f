import type { World } from '../world.ts';
import { invalidParameter } from './lookup.ts';
import { isJsonObject } from './topic-attributes.ts';

/** What an endpoint must look like, and whether SNS asks it before it sends anything else. */
interface Protocol {
  readonly endpoint: RegExp;
  readonly confirms: boolean;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html; the others are not of use to anybody here. */
const protocols: Readonly<Record<string, Protocol>> = {
  sqs: { endpoint: /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/, confirms: false },
  lambda: { endpoint: /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w-]+)?$/, confirms: false },
  email: { endpoint: /^[^@\s]+@[^@\s]+$/, confirms: true },
  'email-json': { endpoint: /^[^@\s]+@[^@\s]+$/, confirms: true },
  http: { endpoint: /^http:\/\/\S+$/, confirms: true },
  https: { endpoint: /^https:\/\/\S+$/, confirms: true },
};

/** Throws InvalidParameter. Returns whether the endpoint must confirm first: one of another account does too. */
export function mustConfirm({ accountId }: World, name: string, endpoint: string): boolean {
  const protocol = protocols[name];
  if (!protocol) {
    throw invalidParameter(`Protocol Reason: the local cloud does not send by ${name}`);
  }
  if (!protocol.endpoint.test(endpoint)) {
    throw invalidParameter(`Endpoint Reason: ${endpoint} is no endpoint of the protocol ${name}`);
  }
  return protocol.confirms || endpoint.split(':')[4] !== accountId;
}

const SETTABLE = ['RawMessageDelivery', 'RedrivePolicy', 'DeliveryPolicy', 'SubscriptionRoleArn'];
const OF_FILTERS = ['FilterPolicy', 'FilterPolicyScope'];
const RAW = ['sqs', 'http', 'https', 'firehose'];

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export function checkSubscriptionAttribute(protocol: string, name: string, value: string): void {
  if (OF_FILTERS.includes(name) && value !== '' && value !== '{}') {
    throw invalidParameter(`${name} Reason: the local cloud filters no messages`);
  }
  if (![...SETTABLE, ...OF_FILTERS].includes(name)) {
    throw invalidParameter('AttributeName');
  }
  if (name === 'RawMessageDelivery' && value === 'true' && !RAW.includes(protocol)) {
    throw invalidParameter(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`);
  }
  if (name.endsWith('Policy') && value !== '' && !isJsonObject(value)) {
    throw invalidParameter(`${name}: failed to parse JSON.`);
  }
}
