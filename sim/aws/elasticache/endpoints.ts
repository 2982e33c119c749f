import { createHash } from 'node:crypto';
import type { Endpoint } from '@aws-sdk/client-elasticache';
import type { World } from '../world.ts';
import type { ReplicationGroup } from './state.ts';

/** `euw1` for `eu-west-1`: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html has the forms. */
function shortRegion(region: string): string {
  const [area = '', side = '', number = ''] = region.split('-');
  return `${area}${side.charAt(0)}${number}`;
}

/** The part that is the same for all caches of an account in a Region. */
function accountHash({ accountId, region }: World): string {
  const digest = createHash('sha256').update(`cache/${accountId}/${region}`).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, 6);
}

const domain = ({ region }: World): string => `${shortRegion(region)}.cache.amazonaws.com`;

type Named = Pick<ReplicationGroup, 'id' | 'port' | 'transitEncryption'>;

function endpoint(
  world: World,
  { id, port, transitEncryption }: Named,
  names: readonly [plain: string, tls: string],
): Endpoint {
  const hash = accountHash(world);
  const [plain, tls] = names;
  const host = transitEncryption ? `${tls}.${id}.${hash}` : plain.replace('HASH', hash);
  return { Address: `${host}.${domain(world)}`, Port: port };
}

export const primaryEndpoint = (world: World, group: Named): Endpoint =>
  endpoint(world, group, [`${group.id}.HASH.ng.0001`, 'master']);

export const readerEndpoint = (world: World, group: Named): Endpoint =>
  endpoint(world, group, [`${group.id}-ro.HASH.ng.0001`, 'replica']);

/** Of a group with cluster mode on, which has no other. */
export const configurationEndpoint = (world: World, group: Named): Endpoint =>
  endpoint(world, group, [`${group.id}.HASH.clustercfg`, 'clustercfg']);

export const nodeEndpoint = (world: World, group: Named, clusterId: string): Endpoint =>
  endpoint(world, group, [`${clusterId}.HASH.0001`, clusterId]);

export function serverlessHost(world: World, name: string): string {
  return `${name}-${world.uniqueHex(6)}.serverless.${domain(world)}`;
}
