import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { familyOf } from './engines.ts';
import { hasClusterMode, parameterGroupNamed } from './parameter-groups.ts';
import { invalidCombination, invalidValue } from './refusals.ts';
import type { CacheParameterGroup, Engine, GroupSettings } from './state.ts';

/*
 * What CreateReplicationGroup and ModifyReplicationGroup refuse:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 */

const MOST_REPLICAS = 5;

export function checkNodeType(type = ''): string {
  if (!/^cache\.[a-z]\w*\.\w+$/.test(type)) {
    throw invalidValue(`Invalid cache node type: ${type}`);
  }
  return type;
}

/** Replicas to fail over to, and failover itself for Multi-AZ and for shards. */
export function checkFailover(
  { hasAutomaticFailover, isMultiAz, replicas }: Pick<GroupSettings, 'hasAutomaticFailover' | 'isMultiAz' | 'replicas'>,
  { isSharded }: { isSharded: boolean },
): void {
  if (isSharded && !hasAutomaticFailover) {
    throw invalidCombination('Automatic failover must be enabled when cluster mode is enabled.');
  }
  if (!isSharded && hasAutomaticFailover && replicas === 0) {
    throw invalidCombination(
      'Automatic failover needs at least one replica: NumCacheClusters must be at least 2 when it is enabled.',
    );
  }
  if (isMultiAz && !hasAutomaticFailover) {
    throw invalidCombination('Must enable automatic failover to enable Multi-AZ.');
  }
}

export function checkReplicas(replicas: number): number {
  if (!Number.isInteger(replicas) || replicas < 0 || replicas > MOST_REPLICAS) {
    throw invalidValue(`The number of replicas must be between 0 and ${MOST_REPLICAS}, not ${replicas}`);
  }
  return replicas;
}

export function checkNodeQuotas(
  { elasticache }: World,
  { shards, replicas }: { shards: number; replicas: number },
): void {
  const asked = shards * (replicas + 1);
  const { nodes, nodesPerCluster } = elasticache.quotas;
  if (asked > nodesPerCluster) {
    throw new Refusal('NodeQuotaForClusterExceededFault', `A cluster can have at most ${nodesPerCluster} nodes.`);
  }
  const held = [...elasticache.replicationGroups.values()].reduce(
    (sum, group) => sum + group.shards * (group.settings.replicas + 1),
    0,
  );
  if (held + asked > nodes) {
    throw new Refusal('NodeQuotaForCustomerExceededFault', `The account can have at most ${nodes} nodes.`);
  }
}

/** The group asked for, or the default of the engine. Throws when it is one of another family. */
export function parameterGroupFor(
  world: World,
  {
    engine,
    version,
    asked,
    isSharded,
  }: { engine: Engine; version: string; asked: string | undefined; isSharded: boolean },
): CacheParameterGroup {
  const family = familyOf(engine, version);
  const group = parameterGroupNamed(world, asked ?? `default.${family}${isSharded ? '.cluster.on' : ''}`);
  if (group.family !== family) {
    throw invalidCombination(`Expected a parameter group of family ${family} but found one of family ${group.family}`);
  }
  if (isSharded && !hasClusterMode(group)) {
    throw invalidCombination('Several node groups need a parameter group in which cluster-enabled is yes.');
  }
  return group;
}

/** 16 to 128 printable characters without some; only over TLS. */
export function checkAuthToken(token: string | undefined, { transitEncryption }: { transitEncryption: boolean }): void {
  if (token === undefined) {
    return;
  }
  if (!transitEncryption) {
    throw invalidCombination('AuthToken can only be specified when TransitEncryptionEnabled is true.');
  }
  if (!/^[!-~]{16,128}$/.test(token) || /[/"@]/.test(token)) {
    throw invalidValue('Invalid AuthToken provided.');
  }
}

/** 0 to 35 days; 0 turns snapshots off. */
export function checkRetention(days: number): number {
  if (!Number.isInteger(days) || days < 0 || days > 35) {
    throw invalidValue(`The snapshot retention limit must be between 0 and 35, not ${days}`);
  }
  return days;
}
