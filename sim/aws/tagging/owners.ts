import { acmService } from '../acm/service.ts';
import { applicationAutoScalingService } from '../application-autoscaling/service.ts';
import { budgetsService } from '../budgets/service.ts';
import { cloudWatchService } from '../cloudwatch/service.ts';
import { ec2Service } from '../ec2/service.ts';
import { ecrService } from '../ecr/service.ts';
import { ecsService } from '../ecs/service.ts';
import { elastiCacheService } from '../elasticache/service.ts';
import { elbv2Service } from '../elbv2/service.ts';
import { kmsService } from '../kms/service.ts';
import { lambdaService } from '../lambda/service.ts';
import { logsService } from '../logs/service.ts';
import { rdsService } from '../rds/service.ts';
import { s3Service } from '../s3/service.ts';
import { schedulerService } from '../scheduler/service.ts';
import { secretsManagerService } from '../secretsmanager/service.ts';
import { snsService } from '../sns/service.ts';
import { sqsService } from '../sqs/service.ts';
import { ssmService } from '../ssm/service.ts';
import type { Tags } from '../tag-index.ts';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';

/** A call of the service that owns a resource: the tagging API changes tags only through these. */
export interface TagCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How one service takes and drops the tags of one of its resources. */
export interface Owner {
  readonly service: (world: World) => ServiceDefinition;
  tag(arn: string, tags: Tags, world: World): TagCall;
  untag(arn: string, keys: readonly string[], world: World): TagCall;
}

const upper = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const lower = (tags: Tags) => Object.entries(tags).map(([key, value]) => ({ key, value }));
const tagKeyed = (tags: Tags) => Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
const keysOnly = (keys: readonly string[]) => keys.map((Key) => ({ Key }));
const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
const parameterName = (arn: string): string => arn.slice(arn.indexOf(':parameter') + ':parameter'.length);

/** By the service part of an ARN. */
export const owners: ReadonlyMap<string, Owner> = new Map<string, Owner>([
  [
    'elasticloadbalancing',
    {
      service: elbv2Service,
      tag: (arn, tags) => ({ operation: 'AddTags', input: { ResourceArns: [arn], Tags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'RemoveTags', input: { ResourceArns: [arn], TagKeys: keys } }),
    },
  ],
  [
    'acm',
    {
      service: acmService,
      tag: (arn, tags) => ({ operation: 'AddTagsToCertificate', input: { CertificateArn: arn, Tags: upper(tags) } }),
      untag: (arn, keys) => ({
        operation: 'RemoveTagsFromCertificate',
        input: { CertificateArn: arn, Tags: keysOnly(keys) },
      }),
    },
  ],
  [
    'rds',
    {
      service: rdsService,
      tag: (arn, tags) => ({ operation: 'AddTagsToResource', input: { ResourceName: arn, Tags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'RemoveTagsFromResource', input: { ResourceName: arn, TagKeys: keys } }),
    },
  ],
  [
    'elasticache',
    {
      service: elastiCacheService,
      tag: (arn, tags) => ({ operation: 'AddTagsToResource', input: { ResourceName: arn, Tags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'RemoveTagsFromResource', input: { ResourceName: arn, TagKeys: keys } }),
    },
  ],
  [
    'ec2',
    {
      service: ec2Service,
      tag: (arn, tags) => ({ operation: 'CreateTags', input: { Resources: [lastPart(arn)], Tags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'DeleteTags', input: { Resources: [lastPart(arn)], Tags: keysOnly(keys) } }),
    },
  ],
  [
    's3',
    {
      service: s3Service,
      // S3 takes whole sets of tags alone.
      tag: (arn, tags, world) => bucketTagging(arn, { ...bucketTags(arn, world), ...tags }),
      untag: (arn, keys, world) => {
        const kept = Object.entries(bucketTags(arn, world)).filter(([key]) => !keys.includes(key));
        return bucketTagging(arn, Object.fromEntries(kept));
      },
    },
  ],
  [
    'lambda',
    {
      service: lambdaService,
      tag: (arn, tags) => ({ operation: 'TagResource', input: { Resource: arn, Tags: tags } }),
      untag: (arn, keys) => ({ operation: 'UntagResource', input: { Resource: arn, TagKeys: keys } }),
    },
  ],
  ['scheduler', upperCamel(schedulerService)],
  ['sns', upperCamel(snsService)],
  [
    'sqs',
    {
      service: sqsService,
      tag: (arn, tags) => ({ operation: 'TagQueue', input: { QueueUrl: queueUrl(arn), Tags: tags } }),
      untag: (arn, keys) => ({ operation: 'UntagQueue', input: { QueueUrl: queueUrl(arn), TagKeys: keys } }),
    },
  ],
  [
    'application-autoscaling',
    {
      service: applicationAutoScalingService,
      tag: (arn, tags) => ({ operation: 'TagResource', input: { ResourceARN: arn, Tags: tags } }),
      untag: (arn, keys) => ({ operation: 'UntagResource', input: { ResourceARN: arn, TagKeys: keys } }),
    },
  ],
  [
    'budgets',
    {
      service: budgetsService,
      tag: (arn, tags) => ({ operation: 'TagResource', input: { ResourceARN: arn, ResourceTags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'UntagResource', input: { ResourceARN: arn, ResourceTagKeys: keys } }),
    },
  ],
  [
    'kms',
    {
      service: kmsService,
      tag: (arn, tags) => ({ operation: 'TagResource', input: { KeyId: arn, Tags: tagKeyed(tags) } }),
      untag: (arn, keys) => ({ operation: 'UntagResource', input: { KeyId: arn, TagKeys: keys } }),
    },
  ],
  [
    'cloudwatch',
    {
      service: cloudWatchService,
      tag: (arn, tags) => ({ operation: 'TagResource', input: { ResourceARN: arn, Tags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'UntagResource', input: { ResourceARN: arn, TagKeys: keys } }),
    },
  ],
  ['ecr', lowerCamel(ecrService, upper)],
  ['ecs', lowerCamel(ecsService, lower)],
  ['logs', lowerCamel(logsService, (tags) => tags)],
  [
    'secretsmanager',
    {
      service: secretsManagerService,
      tag: (arn, tags) => ({ operation: 'TagResource', input: { SecretId: arn, Tags: upper(tags) } }),
      untag: (arn, keys) => ({ operation: 'UntagResource', input: { SecretId: arn, TagKeys: keys } }),
    },
  ],
  [
    'ssm',
    {
      service: ssmService,
      tag: (arn, tags) => ({
        operation: 'AddTagsToResource',
        input: { ResourceType: 'Parameter', ResourceId: parameterName(arn), Tags: upper(tags) },
      }),
      untag: (arn, keys) => ({
        operation: 'RemoveTagsFromResource',
        input: { ResourceType: 'Parameter', ResourceId: parameterName(arn), TagKeys: keys },
      }),
    },
  ],
]);

const queueUrl = (arn: string): string => `https://sqs.invalid/${arn.split(':').slice(-2).join('/')}`;
const bucketName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
const bucketTags = (arn: string, { s3 }: World): Tags => s3.buckets.get(bucketName(arn))?.tags ?? {};

function bucketTagging(arn: string, tags: Tags): TagCall {
  return { operation: 'PutBucketTagging', input: { Bucket: bucketName(arn), Tagging: { TagSet: upper(tags) } } };
}

/** The services whose TagResource takes `ResourceArn`. */
function upperCamel(service: Owner['service']): Owner {
  return {
    service,
    tag: (arn, tags) => ({ operation: 'TagResource', input: { ResourceArn: arn, Tags: upper(tags) } }),
    untag: (arn, keys) => ({ operation: 'UntagResource', input: { ResourceArn: arn, TagKeys: keys } }),
  };
}

/** The services whose TagResource takes `resourceArn`; they differ in how they write the tags. */
function lowerCamel(service: Owner['service'], write: (tags: Tags) => unknown): Owner {
  return {
    service,
    tag: (arn, tags) => ({ operation: 'TagResource', input: { resourceArn: arn, tags: write(tags) } }),
    untag: (arn, keys) => ({ operation: 'UntagResource', input: { resourceArn: arn, tagKeys: keys } }),
  };
}
