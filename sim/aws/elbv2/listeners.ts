import type {
  CreateListenerInput,
  CreateListenerOutput,
  DeleteListenerInput,
  DescribeListenersInput,
  DescribeListenersOutput,
  Listener as ListenerOutput,
  ModifyListenerInput,
  ModifyListenerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { holdReleasedCertificates } from '../acm/usage.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { readActions } from './actions.ts';
import { withoutSecrets } from './authentication.ts';
import { defaultListenerAttributes } from './default-attributes.ts';
import { listenerOf } from './listener-lookup.ts';
import { readTraffic, type Traffic } from './listener-traffic.ts';
import { loadBalancerOf } from './load-balancer-facts.ts';
import { pageOf } from './paging.ts';
import { quotas } from './quotas.ts';
import { targetGroupsOf } from './references.ts';
import { defaultRuleOf } from './rule-lookup.ts';
import type { Listener } from './state.ts';
import { forgetTags, readTags, setTags } from './tags.ts';
import { holdReleased } from './target-groups.ts';
import { reviewTargets } from './targets.ts';
import { validationError } from './validation-error.ts';

/** "If you attempt to create multiple listeners with the same settings, each call succeeds" (API reference). */
export function createListener(world: World, input: CreateListenerInput): CreateListenerOutput {
  const loadBalancer = loadBalancerOf(world, input.LoadBalancerArn);
  const tags = readTags(input.Tags);
  const traffic = readTraffic(world, undefined, input);
  const siblings = [...world.elbv2.listeners.values()].filter((other) => other.loadBalancerArn === loadBalancer.arn);
  const actions = readActions(world, { loadBalancer, listener: traffic }, input.DefaultActions ?? []);
  const existing = siblings.find((other) => other.port === traffic.port);
  if (existing && settingsOf(existing, defaultRuleOf(world, existing.arn)?.actions) === settingsOf(traffic, actions)) {
    return { Listeners: [describe(world, existing)] };
  }
  refusePortInUse(siblings, traffic.port);
  if (siblings.length >= quotas['listeners-per-application-load-balancer']) {
    throw new Refusal('TooManyListenersException', 'The maximum number of listeners has been reached');
  }
  const arn = `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${world.uniqueHex(16)}`;
  const listener: Listener = {
    arn,
    loadBalancerArn: loadBalancer.arn,
    ...traffic,
    certificateArns: new Set(),
    attributes: defaultListenerAttributes(),
  };
  world.elbv2.listeners.set(arn, listener);
  const ruleArn = `${arn.replace(':listener/', ':listener-rule/')}/${world.uniqueHex(16)}`;
  world.elbv2.rules.set(ruleArn, {
    arn: ruleArn,
    listenerArn: arn,
    priority: 'default',
    conditions: [],
    actions,
    turn: 0,
  });
  setTags(world, arn, tags);
  reviewTargets(world);
  return { Listeners: [describe(world, listener)] };
}

/** What two creates on one port must have in common; tags are not compared. */
function settingsOf({ port, protocol, sslPolicy, defaultCertificateArn }: Traffic, actions: unknown): string {
  return JSON.stringify([port, protocol, sslPolicy, defaultCertificateArn, actions]);
}

function refusePortInUse(siblings: readonly Listener[], port: number): void {
  if (siblings.some((other) => other.port === port)) {
    throw new Refusal(
      'DuplicateListenerException',
      `A listener already exists on port '${port}' of this load balancer`,
    );
  }
}

export function describeListeners(world: World, input: DescribeListenersInput): DescribeListenersOutput {
  const { LoadBalancerArn, ListenerArns = [] } = input;
  if ((LoadBalancerArn === undefined) === (ListenerArns.length === 0)) {
    throw validationError('Either a load balancer ARN or listener ARNs must be specified');
  }
  const listeners =
    LoadBalancerArn === undefined
      ? ListenerArns.map((arn) => listenerOf(world, arn))
      : [...world.elbv2.listeners.values()].filter(
          ({ loadBalancerArn }) => loadBalancerArn === loadBalancerOf(world, LoadBalancerArn).arn,
        );
  const { page, NextMarker } = pageOf(listeners, ({ arn }) => arn, input);
  return { Listeners: page.map((listener) => describe(world, listener)), NextMarker };
}

export function modifyListener(world: World, input: ModifyListenerInput): ModifyListenerOutput {
  const listener = listenerOf(world, input.ListenerArn);
  const traffic = readTraffic(world, listener, input);
  const siblings = [...world.elbv2.listeners.values()].filter(
    (other) => other.loadBalancerArn === listener.loadBalancerArn && other !== listener,
  );
  refusePortInUse(siblings, traffic.port);
  const rule = defaultRuleOf(world, listener.arn);
  if (input.DefaultActions && rule) {
    const before = targetGroupsOf(rule.actions);
    const loadBalancer = loadBalancerOf(world, listener.loadBalancerArn);
    rule.actions = readActions(world, { loadBalancer, listener: traffic, before: rule.actions }, input.DefaultActions);
    holdReleased(world, before);
  }
  holdReleasedCertificates(world, [listener.defaultCertificateArn ?? '']);
  Object.assign(listener, traffic);
  reviewTargets(world);
  return { Listeners: [describe(world, listener)] };
}

export function deleteListener(world: World, { ListenerArn }: DeleteListenerInput): void {
  const listener = listenerOf(world, ListenerArn);
  const rules = [...world.elbv2.rules.values()].filter((rule) => rule.listenerArn === listener.arn);
  for (const rule of rules) {
    world.elbv2.rules.delete(rule.arn);
    forgetTags(world, rule.arn);
  }
  world.elbv2.listeners.delete(listener.arn);
  holdReleasedCertificates(world, [...listener.certificateArns, listener.defaultCertificateArn ?? '']);
  forgetTags(world, listener.arn);
  holdReleased(
    world,
    rules.flatMap((rule) => targetGroupsOf(rule.actions)),
  );
  reviewTargets(world);
}

function describe(world: World, listener: Listener): ListenerOutput {
  const { defaultCertificateArn } = listener;
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol,
    DefaultActions: withoutSecrets(defaultRuleOf(world, listener.arn)?.actions ?? []),
    ...(listener.sslPolicy === undefined ? {} : { SslPolicy: listener.sslPolicy }),
    ...(defaultCertificateArn === undefined ? {} : { Certificates: [{ CertificateArn: defaultCertificateArn }] }),
  };
}
