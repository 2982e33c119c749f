import type { KeyMetadata, KeyState } from '@aws-sdk/client-kms';
import type { World } from '../world.ts';
import type { Key } from './state.ts';

export function stateOf({ deletion, isEnabled }: Key): KeyState {
  if (deletion) {
    return 'PendingDeletion';
  }
  return isEnabled ? 'Enabled' : 'Disabled';
}

/** As DescribeKey has it: without aliases, tags, policy and rotation. */
export function metadataOf({ accountId }: World, key: Key): KeyMetadata {
  const state = stateOf(key);
  return {
    AWSAccountId: accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.createdAt,
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: state,
    ...(key.deletion && { DeletionDate: key.deletion.at }),
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
    CurrentKeyMaterialId: key.materialId,
  };
}
