import type {
  CreateBucketOutput,
  CreateBucketRequest,
  DeleteBucketRequest,
  GetBucketLocationOutput,
  GetBucketLocationRequest,
  HeadBucketOutput,
  HeadBucketRequest,
  ListBucketsOutput,
  ListBucketsRequest,
} from '@aws-sdk/client-s3';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkBucketName } from './bucket-name.ts';
import { keepTags, tagsIn } from './bucket-tags.ts';
import { bucketAsked, canonicalId } from './lookup.ts';
import { invalidArgument, malformedXml } from './refusals.ts';
import type { Bucket } from './state.ts';
import { isVersioned } from './versions.ts';

/** Where no location need be named, and where making a bucket twice is no error. */
const FIRST_REGION = 'us-east-1';
const MOST_BUCKETS_A_PAGE = 10_000;

/** Throws BucketAlreadyOwnedByYou, IllegalLocationConstraintException. Buckets of other accounts are unknown here. */
function createBucket(world: World, input: CreateBucketRequest): CreateBucketOutput {
  const { Bucket: name = '', CreateBucketConfiguration } = input;
  checkBucketName(name);
  checkLocation(world, CreateBucketConfiguration?.LocationConstraint);
  if (world.s3.buckets.has(name)) {
    if (world.region === FIRST_REGION) {
      return { Location: `/${name}` };
    }
    throw new Refusal(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { status: 409, members: { BucketName: name } },
    );
  }
  const arn = `arn:aws:s3:::${name}`;
  const createdAt = world.clock.now();
  const bucket: Bucket = { name, arn, createdAt, objects: new Map(), settings: firstSettings(input), tags: {} };
  keepTags(world, bucket, tagsIn(CreateBucketConfiguration?.Tags));
  world.s3.buckets.set(name, bucket);
  return { Location: world.region === FIRST_REGION ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
}

function checkLocation({ region }: World, constraint: string | undefined): void {
  if ((constraint ?? FIRST_REGION) === region) {
    return;
  }
  const location = constraint === undefined ? 'unspecified' : constraint;
  throw new Refusal(
    'IllegalLocationConstraintException',
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

/**
 * Since April 2023 a bucket begins with public access blocked and without ACLs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
function firstSettings({ ObjectOwnership, ObjectLockEnabledForBucket }: CreateBucketRequest): Bucket['settings'] {
  const blocked = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  return new Map<string, Readonly<Record<string, unknown>>>([
    ['PublicAccessBlock', blocked],
    ['BucketOwnershipControls', { Rules: [{ ObjectOwnership: ObjectOwnership ?? 'BucketOwnerEnforced' }] }],
    ...(ObjectLockEnabledForBucket
      ? [
          ['ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled' }] as const,
          ['BucketVersioning', { Status: 'Enabled' }] as const,
        ]
      : []),
  ]);
}

function headBucket(world: World, input: HeadBucketRequest): HeadBucketOutput {
  const { arn } = bucketAsked(world, input);
  return { BucketArn: arn, BucketRegion: world.region, AccessPointAlias: false };
}

function listBuckets(world: World, input: ListBucketsRequest): ListBucketsOutput {
  const { Prefix = '', MaxBuckets: limit = MOST_BUCKETS_A_PAGE, ContinuationToken: token, BucketRegion } = input;
  const inRegion = BucketRegion === undefined || BucketRegion === world.region;
  const found = [...world.s3.buckets.values()]
    .filter(({ name }) => inRegion && name.startsWith(Prefix))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const refuseToken = (): never => {
    throw invalidArgument('The continuation token provided is incorrect');
  };
  const { items, nextToken } = pageOf(found, { limit, token, refuseToken });
  return {
    Owner: { ID: canonicalId(world) },
    Buckets: items.map(({ name, arn, createdAt }) => ({
      Name: name,
      BucketArn: arn,
      CreationDate: createdAt,
      BucketRegion: world.region,
    })),
    ...(input.Prefix !== undefined && { Prefix }),
    ...(nextToken !== undefined && { ContinuationToken: nextToken }),
  };
}

/** Throws BucketNotEmpty, also for what only versions and delete markers are left of. */
function deleteBucket(world: World, input: DeleteBucketRequest): void {
  const bucket = bucketAsked(world, input);
  if (bucket.objects.size > 0) {
    const versions = isVersioned(bucket) ? ' You must delete all versions in the bucket.' : '';
    throw new Refusal('BucketNotEmpty', `The bucket you tried to delete is not empty.${versions}`, {
      status: 409,
      members: { BucketName: bucket.name },
    });
  }
  world.s3.buckets.delete(bucket.name);
  world.tagIndex.remove(bucket.arn);
}

/** Nothing for the first Region: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
function getLocation(world: World, input: GetBucketLocationRequest): GetBucketLocationOutput {
  bucketAsked(world, input);
  const LocationConstraint = world.region as NonNullable<GetBucketLocationOutput['LocationConstraint']>;
  return world.region === FIRST_REGION ? {} : { LocationConstraint };
}

export function bucketHandlers(world: World): Record<string, Handler> {
  return {
    CreateBucket: (input: CreateBucketRequest) => {
      if (input.CreateBucketConfiguration?.Location !== undefined) {
        throw malformedXml();
      }
      return createBucket(world, input);
    },
    HeadBucket: (input: HeadBucketRequest) => headBucket(world, input),
    ListBuckets: (input: ListBucketsRequest) => listBuckets(world, input),
    DeleteBucket: (input: DeleteBucketRequest) => deleteBucket(world, input),
    GetBucketLocation: (input: GetBucketLocationRequest) => getLocation(world, input),
  };
}
