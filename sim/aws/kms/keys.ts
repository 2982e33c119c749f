import type {
  CreateKeyRequest,
  CreateKeyResponse,
  DescribeKeyRequest,
  DescribeKeyResponse,
  ListKeysRequest,
  ListKeysResponse,
  UpdateKeyDescriptionRequest,
} from '@aws-sdk/client-kms';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkKeyPolicy, defaultPolicy } from './key-policy.ts';
import { metadataOf } from './key-view.ts';
import { keyOrAliasNamed, ownKeyNamed } from './lookup.ts';
import { keepKey } from './new-key.ts';
import { pageIn } from './paging.ts';
import { invalid, refusePendingDeletion } from './refusals.ts';
import { tagsIn } from './tags.ts';

const LONGEST_DESCRIPTION = 8192;

function createKey(world: World, input: CreateKeyRequest): CreateKeyResponse {
  refuseOtherKinds(input);
  const { Description = '', Policy = defaultPolicy(world), BypassPolicyLockoutSafetyCheck } = input;
  checkDescription(Description);
  checkKeyPolicy(world, Policy, { mayLockOut: BypassPolicyLockoutSafetyCheck ?? false });
  const key = keepKey(world, {
    manager: 'CUSTOMER',
    description: Description,
    policy: Policy,
    rotation: undefined,
    tags: tagsIn(input.Tags),
  });
  return { KeyMetadata: metadataOf(world, key) };
}

/** Nothing is encrypted here, and what could not be told from the real thing is better refused. */
function refuseOtherKinds(input: CreateKeyRequest): void {
  const { KeySpec, CustomerMasterKeySpec, KeyUsage = 'ENCRYPT_DECRYPT', Origin = 'AWS_KMS' } = input;
  if (input.CustomKeyStoreId !== undefined) {
    throw new Refusal('CustomKeyStoreNotFoundException', `There is no custom key store ${input.CustomKeyStoreId}.`);
  }
  const isPlain = (KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
  if (!isPlain || KeyUsage !== 'ENCRYPT_DECRYPT' || Origin !== 'AWS_KMS' || input.MultiRegion) {
    throw new Refusal(
      'UnsupportedOperationException',
      'The local cloud has symmetric encryption keys of one Region only, with key material of KMS.',
    );
  }
}

function checkDescription(description: string): void {
  if (description.length > LONGEST_DESCRIPTION) {
    throw invalid('description', description, `Member must have length less than or equal to ${LONGEST_DESCRIPTION}`);
  }
}

function describeKey(world: World, { KeyId }: DescribeKeyRequest): DescribeKeyResponse {
  return { KeyMetadata: metadataOf(world, keyOrAliasNamed(world, KeyId)) };
}

function listKeys(world: World, asked: ListKeysRequest): ListKeysResponse {
  const { items, rest } = pageIn([...world.kms.keys.values()], asked, { standard: 100, most: 1000 });
  return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...rest };
}

function updateDescription(world: World, { KeyId, Description = '' }: UpdateKeyDescriptionRequest): void {
  const key = ownKeyNamed(world, KeyId);
  refusePendingDeletion(key);
  checkDescription(Description);
  key.description = Description;
}

export function keyHandlers(world: World): Record<string, Handler> {
  return {
    CreateKey: (input: CreateKeyRequest) => createKey(world, input),
    DescribeKey: (input: DescribeKeyRequest) => describeKey(world, input),
    ListKeys: (input: ListKeysRequest) => listKeys(world, input),
    UpdateKeyDescription: (input: UpdateKeyDescriptionRequest) => updateDescription(world, input),
  };
}
