import type { ModifyDBClusterMessage, ModifyDBClusterResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { requireState } from './cluster-state.ts';
import { modifyCluster as beginModifying } from './cluster-transitions.ts';
import { clusterView } from './cluster-view.ts';
import { clusterNamed } from './lookup.ts';
import { checkMasterPassword, checkWhoKeepsPassword } from './master-password.ts';
import { securityGroupsIn, subnetGroupNamed } from './network.ts';
import { checkBackupRetention, checkPort } from './new-cluster.ts';
import { parameterGroupFor } from './parameter-groups.ts';
import { scalingOf } from './scaling-configuration.ts';
import type { Cluster, PendingModification } from './state.ts';

/**
 * Plain settings change at once; a password, network, scaling or parameter change takes a while, with the status to
 * show for it. A password is applied whether or not `ApplyImmediately` says so; an engine version waits for the
 * maintenance window, which never comes here, unless it does.
 */
export function modifyClusterSettings(world: World, input: ModifyDBClusterMessage): ModifyDBClusterResult {
  const cluster = clusterNamed(world, input.DBClusterIdentifier ?? '');
  requireState(cluster);
  refuseWhatIsUnknown(input);
  const change = changeOf(world, input, cluster);
  changePlainSettings(cluster, input);
  cluster.pending = { ...cluster.pending, ...change };
  const due = input.ApplyImmediately ? cluster.pending : withoutVersion(cluster.pending);
  if (Object.keys(due).length > 0) {
    const status = due.masterPassword === undefined ? 'modifying' : 'resetting-master-credentials';
    beginModifying(world, cluster, { status, apply: () => apply(cluster, due) });
  }
  return { DBCluster: clusterView(world, cluster) };
}

function refuseWhatIsUnknown(input: ModifyDBClusterMessage): void {
  checkWhoKeepsPassword(input);
  // Silence would leave the old password in place.
  if (input.ManageMasterUserPassword) {
    throw new Refusal('InvalidParameterValue', 'The local cloud manages a master password from the beginning, or not.');
  }
  if (input.NewDBClusterIdentifier !== undefined || input.EngineMode !== undefined) {
    throw new Refusal(
      'InvalidParameterValue',
      'The local cloud neither renames clusters nor changes their engine mode.',
    );
  }
}

/** What will change later, checked now. */
function changeOf(world: World, input: ModifyDBClusterMessage, cluster: Cluster): PendingModification {
  const {
    MasterUserPassword,
    ServerlessV2ScalingConfiguration,
    VpcSecurityGroupIds,
    CloudwatchLogsExportConfiguration,
  } = input;
  if (MasterUserPassword !== undefined) {
    checkMasterPassword(MasterUserPassword);
  }
  const subnetGroup = subnetGroupNamed(world, cluster.subnetGroup);
  return {
    ...(MasterUserPassword === undefined ? {} : { masterPassword: MasterUserPassword }),
    ...(input.EngineVersion === undefined ? {} : { engineVersion: input.EngineVersion }),
    ...(input.Port === undefined ? {} : { port: checkPort(input.Port) }),
    ...(ServerlessV2ScalingConfiguration && {
      scaling: scalingOf(ServerlessV2ScalingConfiguration, cluster.pending.scaling ?? cluster.scaling),
    }),
    ...(VpcSecurityGroupIds && { securityGroupIds: securityGroupsIn(world, subnetGroup, VpcSecurityGroupIds) }),
    ...(input.DBClusterParameterGroupName !== undefined && {
      parameterGroup: parameterGroupFor(world, {
        engine: cluster.engine,
        version: cluster.engineVersion,
        asked: input.DBClusterParameterGroupName,
      }),
    }),
    ...(CloudwatchLogsExportConfiguration && {
      logExports: exportsAfter(cluster, CloudwatchLogsExportConfiguration),
    }),
  };
}

function exportsAfter(
  { logExports }: Cluster,
  {
    EnableLogTypes = [],
    DisableLogTypes = [],
  }: NonNullable<ModifyDBClusterMessage['CloudwatchLogsExportConfiguration']>,
): readonly string[] {
  return [...new Set([...logExports, ...EnableLogTypes])].filter((type) => !DisableLogTypes.includes(type));
}

function changePlainSettings(cluster: Cluster, input: ModifyDBClusterMessage): void {
  // First, because it is the one that can be refused.
  cluster.backupRetentionDays = checkBackupRetention(input.BackupRetentionPeriod ?? cluster.backupRetentionDays);
  cluster.deletionProtection = input.DeletionProtection ?? cluster.deletionProtection;
  cluster.copyTagsToSnapshot = input.CopyTagsToSnapshot ?? cluster.copyTagsToSnapshot;
  cluster.iamAuthentication = input.EnableIAMDatabaseAuthentication ?? cluster.iamAuthentication;
  cluster.httpEndpoint = input.EnableHttpEndpoint ?? cluster.httpEndpoint;
  cluster.backupWindow = input.PreferredBackupWindow ?? cluster.backupWindow;
  cluster.maintenanceWindow = input.PreferredMaintenanceWindow ?? cluster.maintenanceWindow;
}

function withoutVersion(pending: PendingModification): PendingModification {
  return Object.fromEntries(Object.entries(pending).filter(([key]) => key !== 'engineVersion'));
}

function apply(cluster: Cluster, due: PendingModification): void {
  cluster.masterPassword = due.masterPassword ?? cluster.masterPassword;
  cluster.engineVersion = due.engineVersion ?? cluster.engineVersion;
  cluster.scaling = due.scaling ?? cluster.scaling;
  cluster.securityGroupIds = due.securityGroupIds ?? cluster.securityGroupIds;
  cluster.parameterGroup = due.parameterGroup ?? cluster.parameterGroup;
  cluster.port = due.port ?? cluster.port;
  cluster.logExports = due.logExports ?? cluster.logExports;
  cluster.pending = Object.fromEntries(Object.entries(cluster.pending).filter(([key]) => !(key in due)));
}
