import type { DeleteDBInstanceMessage, DeleteDBInstanceResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { newIdentifier } from './identifiers.ts';
import { beginDeleting } from './plain-instance-transitions.ts';
import { plainInstanceView } from './plain-instance-view.ts';
import type { PlainInstance } from './state.ts';

/**
 * Needs a choice about the final snapshot, which the local cloud does not keep, and no deletion protection.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 */
export function deletePlainInstance(
  world: World,
  instance: PlainInstance,
  input: DeleteDBInstanceMessage,
): DeleteDBInstanceResult {
  const { SkipFinalSnapshot: skip = false, FinalDBSnapshotIdentifier: name } = input;
  if (instance.status === 'deleting') {
    throw new Refusal('InvalidDBInstanceStateFault', `Instance ${instance.id} is already being deleted.`);
  }
  if (skip === (name !== undefined)) {
    throw new Refusal(
      'InvalidParameterCombination',
      skip
        ? 'FinalDBSnapshotIdentifier cannot be specified when SkipFinalSnapshot is specified.'
        : 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    );
  }
  if (name !== undefined) {
    newIdentifier('FinalDBSnapshotIdentifier', name);
  }
  if (instance.deletionProtection) {
    throw new Refusal(
      'InvalidParameterCombination',
      'Cannot delete protected DB Instance, please disable deletion protection and try again.',
    );
  }
  if (name !== undefined && instance.status !== 'available') {
    throw new Refusal(
      'InvalidDBInstanceStateFault',
      `Instance ${instance.id} is currently ${instance.status} - a final snapshot cannot be taken.`,
    );
  }
  beginDeleting(world, instance);
  return { DBInstance: plainInstanceView(world, instance) };
}
