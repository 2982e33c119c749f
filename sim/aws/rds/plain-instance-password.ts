import type { ModifyDBInstanceMessage } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { LONGEST_PASSWORD } from './create-plain-instance.ts';
import { forgetMasterPassword, keepMasterPassword } from './managed-password.ts';
import { checkMasterPassword } from './master-password.ts';
import type { PlainInstance } from './state.ts';

/**
 * RDS begins or ends to manage the password, or takes another one; true when it changes, which the status shows. "If
 * [...] the master user password is not managed [...], then you must specify MasterUserPassword" (API reference,
 * ModifyDBInstance).
 */
export function changePassword(world: World, instance: PlainInstance, input: ModifyDBInstanceMessage): boolean {
  const { ManageMasterUserPassword: isManaged, MasterUserPassword: password } = input;
  if (password !== undefined && instance.managedSecret && isManaged !== false) {
    throw new Refusal(
      'InvalidParameterCombination',
      'You can only specify MasterUserPassword when ManageMasterUserPassword is turned off.',
    );
  }
  if (isManaged === false && instance.managedSecret && password === undefined) {
    throw new Refusal('InvalidParameterCombination', 'MasterUserPassword is required to turn off password management.');
  }
  if (isManaged && !instance.managedSecret) {
    instance.masterPassword = world.uniqueHex(32);
    const kmsKeyId = input.MasterUserSecretKmsKeyId;
    instance.managedSecret = keepMasterPassword(world, instance, { kind: 'db', kmsKeyId });
    return true;
  }
  if (password === undefined) {
    return false;
  }
  checkMasterPassword(password, { longest: LONGEST_PASSWORD });
  forgetMasterPassword(world, instance.managedSecret);
  Object.assign(instance, { masterPassword: password, managedSecret: undefined });
  return true;
}
