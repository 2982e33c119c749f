import type {
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  SetSubscriptionAttributesInput,
} from '@aws-sdk/client-sns';
import type { World } from '../world.ts';
import { subscriptionOf } from './lookup.ts';
import { checkSubscriptionAttribute } from './subscription-rules.ts';

/** An empty value takes an attribute away. */
export function setSubscriptionAttributes(world: World, input: SetSubscriptionAttributesInput): void {
  const { protocol, attributes } = subscriptionOf(world, input.SubscriptionArn);
  const { AttributeName: name = '', AttributeValue: value = '' } = input;
  checkSubscriptionAttribute(protocol, name, value);
  if (value === '') {
    attributes.delete(name);
  } else {
    attributes.set(name, value);
  }
}

export function getSubscriptionAttributes(
  world: World,
  { SubscriptionArn }: GetSubscriptionAttributesInput,
): GetSubscriptionAttributesResponse {
  const { arn, topicArn, protocol, endpoint, attributes, token } = subscriptionOf(world, SubscriptionArn);
  return {
    Attributes: {
      SubscriptionArn: arn,
      TopicArn: topicArn,
      Owner: world.accountId,
      SubscriptionPrincipal: `arn:aws:iam::${world.accountId}:root`,
      Protocol: protocol,
      Endpoint: endpoint,
      PendingConfirmation: String(token !== undefined),
      ConfirmationWasAuthenticated: String(token === undefined),
      RawMessageDelivery: 'false',
      ...Object.fromEntries(attributes),
    },
  };
}
