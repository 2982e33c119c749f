import type { World } from '../world.ts';
import { forgetMasterPassword } from './managed-password.ts';
import type { PendingInstanceChange, PlainInstance } from './state.ts';

/*
 * creating -> backing-up, when backups are on -> available; available -> modifying | resetting-master-credentials ->
 * available; any of them -> deleting -> gone.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html#Overview.DBInstance.Status
 */

function later(
  world: World,
  instance: PlainInstance,
  { seconds, action }: { seconds: number; action: () => void },
): void {
  instance.cancelTransition();
  instance.cancelTransition = world.clock.after(seconds, action);
}

export function beginCreating(world: World, instance: PlainInstance): void {
  const { plainInstanceCreated, firstBackup } = world.durations;
  const available = (): void => {
    instance.status = 'available';
  };
  const created = (): void => {
    if (instance.backupRetentionDays === 0) {
      available();
      return;
    }
    instance.status = 'backing-up';
    later(world, instance, { seconds: firstBackup, action: available });
  };
  later(world, instance, { seconds: plainInstanceCreated, action: created });
}

/** As a cluster's, the modification shows only after a moment. */
export function beginModifying(
  world: World,
  instance: PlainInstance,
  { status, apply }: { status: 'modifying' | 'resetting-master-credentials'; apply: () => void },
): void {
  const { modifyLag, clusterModified } = world.durations;
  const finish = (): void => {
    instance.status = 'available';
    apply();
  };
  const begin = (): void => {
    instance.status = status;
    later(world, instance, { seconds: clusterModified, action: finish });
  };
  later(world, instance, { seconds: modifyLag, action: begin });
}

/** What was pending is no more. */
export function applyPending(instance: PlainInstance, due: PendingInstanceChange): void {
  Object.assign(instance, due);
  instance.pending = Object.fromEntries(Object.entries(instance.pending).filter(([key]) => !(key in due)));
}

export function beginDeleting(world: World, instance: PlainInstance): void {
  instance.status = 'deleting';
  const gone = (): void => {
    world.rds.plainInstances.delete(instance.id);
    world.tagIndex.remove(instance.arn);
    forgetMasterPassword(world, instance.managedSecret);
  };
  later(world, instance, { seconds: world.durations.instanceDeleted, action: gone });
}
