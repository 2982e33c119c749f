import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  DeleteLoadBalancerInput,
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  LoadBalancer as LoadBalancerOutput,
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { describeAttributes, modifyAttributes } from './attributes.ts';
import { defaultLoadBalancerAttributes } from './default-attributes.ts';
import { deleteListener } from './listeners.ts';
import { canonicalZoneId, loadBalancerOf } from './load-balancer-facts.ts';
import { checkLogBuckets } from './log-bucket.ts';
import { pageOf } from './paging.ts';
import { quotas } from './quotas.ts';
import type { LoadBalancer } from './state.ts';
import { placeIn, refuseUnknownSecurityGroups } from './subnets.ts';
import { forgetTags, readTags, setTags } from './tags.ts';
import { validationError } from './validation-error.ts';

/** A second create with the same settings answers with the first one's load balancer. */
export function createLoadBalancer(world: World, input: CreateLoadBalancerInput): CreateLoadBalancerOutput {
  const tags = readTags(input.Tags);
  const asked = readLoadBalancer(world, input);
  const all = [...world.elbv2.loadBalancers.values()];
  const existing = all.find((loadBalancer) => loadBalancer.name === asked.name);
  if (existing) {
    if (settingsOf(existing) !== settingsOf(asked)) {
      throw new Refusal(
        'DuplicateLoadBalancerNameException',
        `A load balancer with the same name '${asked.name}' exists, but with different settings`,
      );
    }
    return { LoadBalancers: [describe(world, existing)] };
  }
  if (all.length >= quotas['application-load-balancers']) {
    throw new Refusal('TooManyLoadBalancersException', 'The maximum number of load balancers has been reached');
  }
  world.elbv2.loadBalancers.set(asked.arn, asked);
  setTags(world, asked.arn, tags);
  world.clock.after(world.durations.loadBalancerActive, () => {
    asked.isActive = true;
  });
  return { LoadBalancers: [describe(world, asked)] };
}

function readLoadBalancer(world: World, input: CreateLoadBalancerInput): LoadBalancer {
  const name = readName(input);
  const { vpcId, subnets } = placeIn(world, subnetIds(input));
  refuseUnknownSecurityGroups(world, input.SecurityGroups ?? []);
  const scheme = input.Scheme ?? 'internet-facing';
  const id = world.uniqueHex(16);
  const number = String(Number.parseInt(id.slice(0, 8), 16)).padStart(10, '0');
  const host = `${name}-${number}.${world.region}.elb.amazonaws.com`;
  return {
    arn: `arn:aws:elasticloadbalancing:${world.region}:${world.accountId}:loadbalancer/app/${name}/${id}`,
    name,
    dnsName: scheme === 'internal' ? `internal-${host}` : host,
    scheme,
    vpcId,
    subnets,
    securityGroups: input.SecurityGroups ?? [],
    createdAt: world.clock.now(),
    attributes: defaultLoadBalancerAttributes(),
    isActive: false,
  };
}

function readName(input: CreateLoadBalancerInput): string {
  const name = input.Name ?? '';
  if (!/^[A-Za-z0-9-]{1,32}$/.test(name) || /^(?:-|internal-)|-$/.test(name)) {
    throw validationError(`Load balancer name '${name}' is not valid`);
  }
  if (input.Type !== undefined && input.Type !== 'application') {
    throw validationError(`The local cloud has application load balancers only, not type '${input.Type}'`);
  }
  return name;
}

function subnetIds({ Subnets, SubnetMappings = [] }: CreateLoadBalancerInput): string[] {
  return Subnets ?? SubnetMappings.map((mapping) => mapping.SubnetId ?? '');
}

function settingsOf({ scheme, subnets, securityGroups }: LoadBalancer): string {
  return JSON.stringify([scheme, subnets.map(({ id }) => id).toSorted(), [...securityGroups].toSorted()]);
}

export function describeLoadBalancers(world: World, input: DescribeLoadBalancersInput): DescribeLoadBalancersOutput {
  const { LoadBalancerArns = [], Names = [] } = input;
  const all = [...world.elbv2.loadBalancers.values()];
  const missing = [
    ...LoadBalancerArns.filter((arn) => !world.elbv2.loadBalancers.has(arn)),
    ...Names.filter((name) => !all.some((loadBalancer) => loadBalancer.name === name)),
  ];
  if (missing.length > 0) {
    throw new Refusal('LoadBalancerNotFoundException', `Load balancers '[${missing.join(', ')}]' not found`);
  }
  const matching = all.filter(
    ({ arn, name }) =>
      (LoadBalancerArns.length === 0 || LoadBalancerArns.includes(arn)) && (Names.length === 0 || Names.includes(name)),
  );
  const { page, NextMarker } = pageOf(matching, ({ name }) => name, input);
  return { LoadBalancers: page.map((loadBalancer) => describe(world, loadBalancer)), NextMarker };
}

/** Takes the listeners and their rules along. "If the load balancer does not exist [...], the call succeeds." */
export function deleteLoadBalancer(world: World, { LoadBalancerArn = '' }: DeleteLoadBalancerInput): void {
  const loadBalancer = world.elbv2.loadBalancers.get(LoadBalancerArn);
  if (!loadBalancer) {
    return;
  }
  if (loadBalancer.attributes.get('deletion_protection.enabled') === 'true') {
    throw new Refusal(
      'OperationNotPermittedException',
      `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  for (const listener of world.elbv2.listeners.values()) {
    if (listener.loadBalancerArn === LoadBalancerArn) {
      deleteListener(world, { ListenerArn: listener.arn });
    }
  }
  world.elbv2.loadBalancers.delete(LoadBalancerArn);
  forgetTags(world, LoadBalancerArn);
}

export function modifyLoadBalancerAttributes(
  world: World,
  { LoadBalancerArn, Attributes = [] }: ModifyLoadBalancerAttributesInput,
): ModifyLoadBalancerAttributesOutput {
  const { attributes } = loadBalancerOf(world, LoadBalancerArn);
  return modifyAttributes(attributes, Attributes, (after) => checkLogBuckets(world, after));
}

export function describeLoadBalancerAttributes(
  world: World,
  { LoadBalancerArn }: DescribeLoadBalancerAttributesInput,
): DescribeLoadBalancerAttributesOutput {
  return describeAttributes(loadBalancerOf(world, LoadBalancerArn).attributes);
}

function describe(world: World, loadBalancer: LoadBalancer): LoadBalancerOutput {
  return {
    LoadBalancerArn: loadBalancer.arn,
    DNSName: loadBalancer.dnsName,
    CanonicalHostedZoneId: canonicalZoneId(world),
    CreatedTime: loadBalancer.createdAt,
    LoadBalancerName: loadBalancer.name,
    Scheme: loadBalancer.scheme,
    VpcId: loadBalancer.vpcId,
    State: { Code: loadBalancer.isActive ? 'active' : 'provisioning' },
    Type: 'application',
    AvailabilityZones: loadBalancer.subnets.map(({ id, zone }) => ({ ZoneName: zone, SubnetId: id })),
    SecurityGroups: [...loadBalancer.securityGroups],
    IpAddressType: 'ipv4',
  };
}
