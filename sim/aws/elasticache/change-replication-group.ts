import type {
  DecreaseReplicaCountMessage,
  DeleteReplicationGroupMessage,
  DeleteReplicationGroupResult,
  IncreaseReplicaCountMessage,
  IncreaseReplicaCountResult,
  ModifyReplicationGroupMessage,
  ModifyReplicationGroupResult,
} from '@aws-sdk/client-elasticache';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { engineNamed, fullVersion, refuseDowngrade } from './engines.ts';
import {
  checkAuthToken,
  checkFailover,
  checkNodeType,
  checkReplicas,
  checkRetention,
  parameterGroupFor,
} from './group-rules.ts';
import { beginDeleting, beginModifying } from './group-transitions.ts';
import { newName } from './names.ts';
import { invalidCombination, invalidValue } from './refusals.ts';
import { replicationGroupNamed, requireAvailable } from './replication-group-lookup.ts';
import { replicationGroupView } from './replication-group-view.ts';
import { securityGroupsIn } from './security-groups.ts';
import type { GroupSettings, ReplicationGroup } from './state.ts';
import { subnetGroupNamed } from './subnet-groups.ts';

/**
 * With `ApplyImmediately` all of it is carried out, with the status to show for it; without, all but the description
 * waits for the maintenance window, which never comes here.
 */
export function modifyReplicationGroup(
  world: World,
  input: ModifyReplicationGroupMessage,
): ModifyReplicationGroupResult {
  const group = replicationGroupNamed(world, input.ReplicationGroupId ?? '');
  requireAvailable(group);
  refuseWhatIsUnknown(input);
  const change = { ...plainChange(input), ...checkedChange(world, group, input) };
  checkFailover({ ...group.settings, ...change }, { isSharded: group.hasClusterMode });
  group.settings.description = input.ReplicationGroupDescription ?? group.settings.description;
  const differing = Object.entries(change).filter(
    ([key, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(group.settings[key as keyof GroupSettings]),
  );
  group.pending = { ...group.pending, ...Object.fromEntries(differing) };
  if (input.ApplyImmediately && Object.keys(group.pending).length > 0) {
    beginModifying(world, group, group.pending);
  }
  return { ReplicationGroup: replicationGroupView(world, group) };
}

function refuseWhatIsUnknown(input: ModifyReplicationGroupMessage): void {
  const { PrimaryClusterId, NodeGroupId, TransitEncryptionEnabled, ClusterMode, UserGroupIdsToAdd } = input;
  const unknown = { PrimaryClusterId, NodeGroupId, TransitEncryptionEnabled, ClusterMode };
  const given = Object.entries(unknown).find(([, value]) => value !== undefined);
  if (given) {
    throw invalidValue(`The local cloud does not change ${given[0]} of a replication group.`);
  }
  const [user] = UserGroupIdsToAdd ?? [];
  if (user !== undefined) {
    throw new Refusal('UserGroupNotFoundFault', `User group ${user} not found.`);
  }
}

function plainChange(input: ModifyReplicationGroupMessage): Partial<GroupSettings> {
  return given({
    hasAutomaticFailover: input.AutomaticFailoverEnabled,
    isMultiAz: input.MultiAZEnabled,
    snapshotWindow: input.SnapshotWindow,
    maintenanceWindow: input.PreferredMaintenanceWindow,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade,
    notificationTopicArn: input.NotificationTopicArn,
    transitEncryptionMode: input.TransitEncryptionMode,
  });
}

/** The members that somebody said something of. */
function given<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

function checkedChange(
  world: World,
  group: ReplicationGroup,
  input: ModifyReplicationGroupMessage,
): Partial<GroupSettings> {
  const { settings, transitEncryption } = group;
  const { vpcId } = subnetGroupNamed(world, group.subnetGroup);
  checkAuthToken(input.AuthToken, { transitEncryption });
  const { CacheNodeType, SnapshotRetentionLimit, SecurityGroupIds, AuthToken, AuthTokenUpdateStrategy } = input;
  return {
    ...engineChange(world, group, input),
    ...(CacheNodeType !== undefined && { nodeType: checkNodeType(CacheNodeType) }),
    ...(SnapshotRetentionLimit !== undefined && { snapshotRetentionDays: checkRetention(SnapshotRetentionLimit) }),
    ...(SecurityGroupIds && { securityGroupIds: securityGroupsIn(world, vpcId, SecurityGroupIds) }),
    ...(AuthToken !== undefined && { hasAuthToken: true }),
    ...(AuthTokenUpdateStrategy === 'DELETE' && { hasAuthToken: false }),
    ...(input.LogDeliveryConfigurations && { logDelivery: logsAfter(settings, input.LogDeliveryConfigurations) }),
  };
}

/** One delivery for each type of log; one that is not `Enabled` ends. */
function logsAfter(
  { logDelivery }: GroupSettings,
  changes: NonNullable<ModifyReplicationGroupMessage['LogDeliveryConfigurations']>,
): GroupSettings['logDelivery'] {
  const kept = logDelivery.filter(({ LogType }) => !changes.some((change) => change.LogType === LogType));
  return [...kept, ...changes.filter(({ Enabled = true }) => Enabled)];
}

/** A new version takes the default group of its family along unless another group is named. */
function engineChange(
  world: World,
  { settings, hasClusterMode: isSharded }: ReplicationGroup,
  input: ModifyReplicationGroupMessage,
): Partial<GroupSettings> {
  const { Engine, EngineVersion, CacheParameterGroupName } = input;
  if ([Engine, EngineVersion, CacheParameterGroupName].every((one) => one === undefined)) {
    return {};
  }
  const engine = engineNamed(Engine ?? settings.engine);
  const isSame = engine === settings.engine && EngineVersion === undefined;
  const engineVersion = isSame ? settings.engineVersion : fullVersion(engine, EngineVersion);
  refuseDowngrade({ engine: settings.engine, version: settings.engineVersion }, { engine, version: engineVersion });
  const usesDefault = settings.parameterGroup.startsWith('default.');
  const asked = CacheParameterGroupName ?? (usesDefault ? undefined : settings.parameterGroup);
  const group = parameterGroupFor(world, { engine, version: engineVersion, asked, isSharded });
  return { engine, engineVersion, parameterGroup: group.name };
}

export function changeReplicaCount(
  world: World,
  input: IncreaseReplicaCountMessage | DecreaseReplicaCountMessage,
  direction: 1 | -1,
): IncreaseReplicaCountResult {
  const group = replicationGroupNamed(world, input.ReplicationGroupId ?? '');
  requireAvailable(group);
  const { NewReplicaCount, ApplyImmediately } = input;
  if (!ApplyImmediately) {
    throw invalidValue('ApplyImmediately must be true: "ApplyImmediately=False is not currently supported".');
  }
  const replicas = checkReplicas(NewReplicaCount ?? group.settings.replicas + direction);
  if (Math.sign(replicas - group.settings.replicas) !== direction) {
    throw invalidValue(`There are ${group.settings.replicas} replicas, so ${replicas} is no such change.`);
  }
  if (replicas === 0 && group.settings.hasAutomaticFailover && !group.hasClusterMode) {
    throw invalidCombination('The last replica cannot go while automatic failover is enabled.');
  }
  beginModifying(world, group, { replicas });
  return { ReplicationGroup: replicationGroupView(world, group) };
}

/** With all of its nodes; a final snapshot that is asked for is not kept. */
export function deleteReplicationGroup(
  world: World,
  input: DeleteReplicationGroupMessage,
): DeleteReplicationGroupResult {
  const group = replicationGroupNamed(world, input.ReplicationGroupId ?? '');
  requireAvailable(group);
  if (input.RetainPrimaryCluster) {
    throw invalidValue('The local cloud has no cache clusters outside replication groups.');
  }
  if (input.FinalSnapshotIdentifier !== undefined) {
    newName('FinalSnapshotIdentifier', input.FinalSnapshotIdentifier, 255);
  }
  beginDeleting(world, group);
  return { ReplicationGroup: replicationGroupView(world, group) };
}
