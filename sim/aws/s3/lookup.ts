import type { World } from '../world.ts';
import { accessDenied, noSuchBucket } from './refusals.ts';
import type { Bucket } from './state.ts';

export interface BucketAsked {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** Throws NoSuchBucket, and AccessDenied to a caller who expects the bucket to be another account's. */
export function bucketAsked(world: World, { Bucket = '', ExpectedBucketOwner }: BucketAsked): Bucket {
  const bucket = world.s3.buckets.get(Bucket);
  if (!bucket) {
    throw noSuchBucket(Bucket);
  }
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== world.accountId) {
    throw accessDenied();
  }
  return bucket;
}

/** The canonical id of the account: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export function canonicalId({ accountId }: World): string {
  return accountId.padStart(64, '0');
}
