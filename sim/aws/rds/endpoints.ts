import { createHash } from 'node:crypto';
import type { World } from '../world.ts';
import type { Cluster, Instance } from './state.ts';

/** The part of an endpoint that is the same for all databases of an account in a Region. */
function accountHash({ accountId, region }: World): string {
  const digest = createHash('sha256').update(`${accountId}/${region}`).digest();
  return `c${BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, 11)}`;
}

export function writerEndpoint(world: World, { id }: Pick<Cluster, 'id'>): string {
  return `${id}.cluster-${accountHash(world)}.${world.region}.rds.amazonaws.com`;
}

export function readerEndpoint(world: World, { id }: Pick<Cluster, 'id'>): string {
  return `${id}.cluster-ro-${accountHash(world)}.${world.region}.rds.amazonaws.com`;
}

export function instanceEndpoint(world: World, { id }: Pick<Instance, 'id'>): string {
  return `${id}.${accountHash(world)}.${world.region}.rds.amazonaws.com`;
}
