import type { ModifyDBInstanceMessage, ModifyDBInstanceResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkWhoKeepsPassword } from './master-password.ts';
import { changePassword } from './plain-instance-password.ts';
import { changeIn } from './plain-instance-pending.ts';
import { settingsIn } from './plain-instance-settings.ts';
import { applyPending, beginModifying } from './plain-instance-transitions.ts';
import { plainInstanceView } from './plain-instance-view.ts';
import type { PlainInstance } from './state.ts';

/**
 * Plain settings, security groups and passwords change as soon as possible; class, storage, version, Multi-AZ and
 * turning backups on or off wait for the maintenance window, which never comes here, unless `ApplyImmediately` says so.
 * Then everything that is pending goes too.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html
 */
export function modifyPlainInstance(
  world: World,
  instance: PlainInstance,
  input: ModifyDBInstanceMessage,
): ModifyDBInstanceResult {
  if (instance.status !== 'available') {
    throw new Refusal(
      'InvalidDBInstanceStateFault',
      `Database instance is not in available state (${instance.status}).`,
    );
  }
  refuseWhatIsUnknown(input);
  const change = changeIn(instance, input);
  const settings = settingsIn(world, instance, input);
  const hasNewPassword = changePassword(world, instance, input);
  Object.assign(instance, settings);
  instance.pending = { ...instance.pending, ...change };
  const due = input.ApplyImmediately ? instance.pending : {};
  if (hasNewPassword || Object.keys(due).length > 0) {
    const status = hasNewPassword ? 'resetting-master-credentials' : 'modifying';
    beginModifying(world, instance, { status, apply: () => applyPending(instance, due) });
  }
  return { DBInstance: plainInstanceView(world, instance) };
}

function refuseWhatIsUnknown(input: ModifyDBInstanceMessage): void {
  checkWhoKeepsPassword(input);
  const { NewDBInstanceIdentifier, DBSubnetGroupName, RotateMasterUserPassword, MonitoringInterval } = input;
  if (NewDBInstanceIdentifier !== undefined || DBSubnetGroupName !== undefined) {
    throw new Refusal('InvalidParameterValue', 'The local cloud neither renames DB instances nor moves them.');
  }
  if (RotateMasterUserPassword || Boolean(MonitoringInterval)) {
    throw new Refusal(
      'InvalidParameterValue',
      'The local cloud has no enhanced monitoring and rotates no master password.',
    );
  }
}
