import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { canonicalId } from './lookup.ts';
import { notImplemented } from './refusals.ts';
import type { Bucket } from './state.ts';

type Value = Readonly<Record<string, unknown>>;

/** The list that a bucket begins with: its owner, and nobody else. */
export function grantsOf(world: World): Value {
  const owner = { ID: canonicalId(world) };
  return { Owner: owner, Grants: [{ Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
}

/**
 * The list that is kept. Throws AccessControlListNotSupported while the owner is enforced, as it is from the beginning.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export function checkAcl({ ACL, AccessControlPolicy }: Value, { settings }: Bucket, world: World): Value {
  const rules = (settings.get('BucketOwnershipControls')?.['Rules'] ?? []) as { ObjectOwnership?: string }[];
  if (rules.some(({ ObjectOwnership }) => ObjectOwnership === 'BucketOwnerEnforced')) {
    throw new Refusal('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  if (AccessControlPolicy !== undefined) {
    return AccessControlPolicy as Value;
  }
  if (ACL !== 'private') {
    throw notImplemented();
  }
  return grantsOf(world);
}
