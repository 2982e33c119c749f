import * as sdk from '@aws-sdk/client-sns';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { publish } from './publish.ts';
import { getSubscriptionAttributes, setSubscriptionAttributes } from './subscription-attributes.ts';
import { confirmSubscription, listSubscriptions, subscribe, unsubscribe } from './subscriptions.ts';
import { tagHandlers } from './tags.ts';
import { getTopicAttributes, setTopicAttributes } from './topic-attributes.ts';
import { createTopic, deleteTopic, listTopics } from './topics.ts';

/** Standard topics and their subscriptions. Messages reach queues and functions of the account; the others are recorded. */
export function snsService(world: World): ServiceDefinition {
  return {
    signingName: 'sns',
    protocol: 'query',
    sdk,
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    missingMemberCode: 'ValidationError',
    handlers: {
      CreateTopic: (input) => createTopic(world, input),
      DeleteTopic: (input) => deleteTopic(world, input),
      ListTopics: (input) => listTopics(world, input),
      GetTopicAttributes: (input) => getTopicAttributes(world, input),
      SetTopicAttributes: (input) => setTopicAttributes(world, input),
      Subscribe: (input) => subscribe(world, input),
      ConfirmSubscription: (input) => confirmSubscription(world, input),
      Unsubscribe: (input) => unsubscribe(world, input),
      ListSubscriptions: (input) => listSubscriptions(world, input),
      ListSubscriptionsByTopic: (input) => listSubscriptions(world, input),
      GetSubscriptionAttributes: (input) => getSubscriptionAttributes(world, input),
      SetSubscriptionAttributes: (input) => setSubscriptionAttributes(world, input),
      Publish: (input) => publish(world, input),
      ...tagHandlers(world),
    },
  };
}
