import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { loadBalancerNamed } from '../elbv2/load-balancer-facts.ts';
import type { LoadBalancer } from '../elbv2/state.ts';
import { resolve } from '../route53/resolve.ts';
import type { World } from '../world.ts';

/** Where a host name leads. */
export type Address =
  | { readonly kind: 'load-balancer'; readonly loadBalancer: LoadBalancer }
  | { readonly kind: 'ips'; readonly ips: readonly string[] }
  | { readonly kind: 'nowhere' };

const MOST_CNAMES = 8;

/** Follows aliases and CNAMES; a load balancer's own DNS name needs no record. */
export function addressOf(world: World, host: string, cnames = 0): Address {
  const loadBalancer = loadBalancerNamed(world, host);
  if (loadBalancer) {
    return { kind: 'load-balancer', loadBalancer };
  }
  const resolution = cnames > MOST_CNAMES ? undefined : resolve(world, host, 'A');
  if (resolution?.kind !== 'answer') {
    return { kind: 'nowhere' };
  }
  const { record } = resolution;
  const next = nextName(record);
  if (next !== undefined) {
    return addressOf(world, next, cnames + 1);
  }
  return { kind: 'ips', ips: (record.ResourceRecords ?? []).map(({ Value = '' }) => Value) };
}

function nextName({ Type, AliasTarget, ResourceRecords = [] }: ResourceRecordSet): string | undefined {
  return AliasTarget?.DNSName ?? (Type === 'CNAME' ? ResourceRecords[0]?.Value : undefined);
}
