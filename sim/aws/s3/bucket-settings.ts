import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkAcl, grantsOf } from './bucket-acl.ts';
import { checkPolicy, textOf } from './bucket-policy.ts';
import { checkedLifecycle } from './lifecycle.ts';
import { type BucketAsked, bucketAsked } from './lookup.ts';
import { checkLogging, checkVersioning } from './setting-rules.ts';
import type { Bucket } from './state.ts';

type Value = Readonly<Record<string, unknown>>;
type Input = BucketAsked & Value;

/** One thing about a bucket that is put, read and mostly taken away again as a whole. It does nothing here. */
interface Setting {
  /** As in `Put...` and `Get...`: `BucketVersioning`. */
  readonly name: string;
  /** As in `Delete...`; none where it cannot be taken away. */
  readonly deleteName?: string;
  /** What of the input is kept. Throws for what S3 would refuse. */
  readonly kept: (input: Input, bucket: Bucket, world: World) => Value;
  /** What is answered while nothing was put, or the code and words for it. */
  readonly absent: ((world: World) => Value) | readonly [code: string, message: string];
  /** What Get answers of what is kept; itself when absent. */
  readonly shown?: (kept: Value, world: World) => Value;
}

const payload =
  (member: string, check: (value: Value, bucket: Bucket, world: World) => void = () => undefined): Setting['kept'] =>
  (input, bucket, world) => {
    const value = (input[member] ?? {}) as Value;
    check(value, bucket, world);
    return value;
  };

const within =
  (member: string): NonNullable<Setting['shown']> =>
  (kept) => ({ [member]: kept });

const nothing = (): Value => ({});

/** Every bucket is encrypted: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html */
const DEFAULT_ENCRYPTION = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

const settings: readonly Setting[] = [
  {
    name: 'BucketVersioning',
    kept: payload('VersioningConfiguration', checkVersioning),
    absent: nothing,
  },
  {
    name: 'BucketEncryption',
    deleteName: 'BucketEncryption',
    kept: payload('ServerSideEncryptionConfiguration'),
    absent: () => ({ ServerSideEncryptionConfiguration: DEFAULT_ENCRYPTION }),
    shown: within('ServerSideEncryptionConfiguration'),
  },
  {
    name: 'PublicAccessBlock',
    deleteName: 'PublicAccessBlock',
    kept: payload('PublicAccessBlockConfiguration'),
    absent: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
    shown: (kept) => ({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: false,
        IgnorePublicAcls: false,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: false,
        ...kept,
      },
    }),
  },
  {
    name: 'BucketOwnershipControls',
    deleteName: 'BucketOwnershipControls',
    kept: payload('OwnershipControls'),
    absent: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
    shown: within('OwnershipControls'),
  },
  {
    name: 'BucketLifecycleConfiguration',
    deleteName: 'BucketLifecycle',
    kept: (input, _bucket, world) => checkedLifecycle(input, world),
    absent: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  },
  {
    name: 'BucketPolicy',
    deleteName: 'BucketPolicy',
    kept: ({ Policy }, bucket) => checkPolicy(textOf(Policy), bucket),
    absent: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  },
  {
    name: 'BucketLogging',
    kept: payload('BucketLoggingStatus', checkLogging),
    absent: nothing,
  },
  {
    name: 'BucketAcl',
    kept: checkAcl,
    absent: grantsOf,
  },
  {
    name: 'BucketCors',
    deleteName: 'BucketCors',
    kept: payload('CORSConfiguration'),
    absent: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  },
  {
    name: 'BucketWebsite',
    deleteName: 'BucketWebsite',
    kept: payload('WebsiteConfiguration'),
    absent: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
  },
  {
    name: 'BucketReplication',
    deleteName: 'BucketReplication',
    kept: payload('ReplicationConfiguration'),
    absent: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
    shown: within('ReplicationConfiguration'),
  },
  {
    name: 'ObjectLockConfiguration',
    kept: payload('ObjectLockConfiguration'),
    absent: ['ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'],
    shown: within('ObjectLockConfiguration'),
  },
  { name: 'BucketAccelerateConfiguration', kept: payload('AccelerateConfiguration'), absent: nothing },
  {
    name: 'BucketRequestPayment',
    kept: payload('RequestPaymentConfiguration'),
    absent: () => ({ Payer: 'BucketOwner' }),
  },
  { name: 'BucketNotificationConfiguration', kept: payload('NotificationConfiguration'), absent: nothing },
];

function put(world: World, setting: Setting, input: Input): Value | undefined {
  const bucket = bucketAsked(world, input);
  bucket.settings.set(setting.name, setting.kept(input, bucket, world));
  const { TransitionDefaultMinimumObjectSize } = bucket.settings.get(setting.name) ?? {};
  return TransitionDefaultMinimumObjectSize === undefined ? undefined : { TransitionDefaultMinimumObjectSize };
}

function get(world: World, { name, absent, shown = (kept) => kept }: Setting, input: Input): Value {
  const bucket = bucketAsked(world, input);
  const kept = bucket.settings.get(name);
  if (kept) {
    return shown(kept, world);
  }
  if (typeof absent === 'function') {
    return absent(world);
  }
  const [code, message] = absent;
  throw new Refusal(code, message, { status: 404, members: { BucketName: bucket.name } });
}

function handlersOf(world: World, setting: Setting): Record<string, Handler> {
  const { name, deleteName } = setting;
  return {
    [`Put${name}`]: (input: Input) => put(world, setting, input),
    [`Get${name}`]: (input: Input) => get(world, setting, input),
    ...(deleteName && {
      [`Delete${deleteName}`]: (input: Input) => {
        bucketAsked(world, input).settings.delete(name);
      },
    }),
  };
}

export function bucketSettingHandlers(world: World): Record<string, Handler> {
  return Object.assign({}, ...settings.map((setting) => handlersOf(world, setting))) as Record<string, Handler>;
}
