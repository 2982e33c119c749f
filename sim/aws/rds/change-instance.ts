import type { DeleteDBInstanceResult, ModifyDBInstanceMessage, ModifyDBInstanceResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { beginDeletingInstance, modifyInstanceLater } from './instance-transitions.ts';
import { instanceView } from './instance-view.ts';
import { clusterNamed } from './lookup.ts';
import type { Instance } from './state.ts';

function refuseState(message: string): never {
  throw new Refusal('InvalidDBInstanceStateFault', message);
}

/** The class takes a while and needs `ApplyImmediately`; the rest changes at once. */
export function modifyInstance(
  world: World,
  instance: Instance,
  input: ModifyDBInstanceMessage,
): ModifyDBInstanceResult {
  if (instance.status !== 'available') {
    refuseState(`Database instance is not in available state (${instance.status}).`);
  }
  changePlainSettings(instance, input);
  const { DBInstanceClass: instanceClass, ApplyImmediately: now = false } = input;
  if (now && instanceClass !== undefined && instanceClass !== instance.instanceClass) {
    modifyInstanceLater(world, instance, () => {
      instance.instanceClass = instanceClass;
    });
  }
  return { DBInstance: instanceView(world, instance) };
}

/**
 * The tags that snapshots get are the cluster's matter: "Setting this value for an Aurora DB instance has no effect on
 * the DB cluster setting."
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
function changePlainSettings(instance: Instance, input: ModifyDBInstanceMessage): void {
  instance.promotionTier = input.PromotionTier ?? instance.promotionTier;
  instance.publiclyAccessible = input.PubliclyAccessible ?? instance.publiclyAccessible;
  instance.autoMinorVersionUpgrade = input.AutoMinorVersionUpgrade ?? instance.autoMinorVersionUpgrade;
  instance.copyTagsToSnapshot = input.CopyTagsToSnapshot ?? instance.copyTagsToSnapshot;
  instance.maintenanceWindow = input.PreferredMaintenanceWindow ?? instance.maintenanceWindow;
}

const STOPPED = new Set(['stopping', 'stopped', 'starting']);

/**
 * A member needs no choice about a snapshot, and the cluster's deletion protection does not keep it. An instance that
 * is still being created can be deleted (assumed: nothing was found that says otherwise); one of a stopped cluster not.
 */
export function deleteInstance(world: World, instance: Instance): DeleteDBInstanceResult {
  if (instance.status === 'deleting') {
    refuseState(`Instance ${instance.id} is already being deleted.`);
  }
  const cluster = clusterNamed(world, instance.clusterId);
  if (STOPPED.has(cluster.status)) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      `DB cluster ${cluster.id} is not currently in the available state (${cluster.status}).`,
    );
  }
  beginDeletingInstance(world, instance);
  return { DBInstance: instanceView(world, instance) };
}
