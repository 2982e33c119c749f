import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { LoadBalancer } from './state.ts';

// The id for eu-west-2, and what any other Region has here, is ours alone: no source was found for it.
const CANONICAL_ZONES: Readonly<Record<string, string>> = {
  'eu-west-1': 'Z32O12XQLNTSW2',
  'eu-west-2': 'ZHURV8PSTC4K8',
};

/** The hosted zone that alias records to this Region's load balancers must name. */
export function canonicalZoneId({ region }: World): string {
  return CANONICAL_ZONES[region] ?? 'Z0LOCALCLOUD00';
}

export function loadBalancerOf(world: World, arn: string | undefined): LoadBalancer {
  const loadBalancer = arn === undefined ? undefined : world.elbv2.loadBalancers.get(arn);
  if (!loadBalancer) {
    throw new Refusal('LoadBalancerNotFoundException', `Load balancers '[${arn ?? ''}]' not found`);
  }
  return loadBalancer;
}

/** Finds a load balancer by the DNS name that an alias points to: any case, a `dualstack.` prefix and a last dot are fine. */
export function loadBalancerNamed(world: World, dnsName: string): LoadBalancer | undefined {
  const plain = dnsName
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');
  return [...world.elbv2.loadBalancers.values()].find((candidate) => candidate.dnsName.toLowerCase() === plain);
}
