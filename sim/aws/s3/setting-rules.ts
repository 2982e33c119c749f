import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { malformedXml } from './refusals.ts';
import type { Bucket } from './state.ts';

type Value = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export function checkVersioning({ Status }: Value, { settings }: Bucket): void {
  if (Status !== 'Enabled' && Status !== 'Suspended') {
    throw malformedXml();
  }
  if (Status === 'Suspended' && settings.has('ObjectLockConfiguration')) {
    throw new Refusal(
      'InvalidBucketState',
      'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
      { status: 409 },
    );
  }
}

/** The target must be there, and in the same Region: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export function checkLogging({ LoggingEnabled }: Value, _bucket: Bucket, world: World): void {
  const target = (LoggingEnabled as { TargetBucket?: string } | undefined)?.TargetBucket;
  if (target !== undefined && !world.s3.buckets.has(target)) {
    throw new Refusal('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist', {
      members: { TargetBucket: target },
    });
  }
}
