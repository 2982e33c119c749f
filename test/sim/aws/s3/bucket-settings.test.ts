import {
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { BUCKET, startBucket } from './account.ts';

const Bucket = BUCKET;

describe('a setting of a bucket that was never put', () => {
  it.each([
    ['NoSuchBucketPolicy', new sdk.GetBucketPolicyCommand({ Bucket })],
    ['NoSuchCORSConfiguration', new sdk.GetBucketCorsCommand({ Bucket })],
    ['NoSuchWebsiteConfiguration', new sdk.GetBucketWebsiteCommand({ Bucket })],
    ['NoSuchLifecycleConfiguration', new sdk.GetBucketLifecycleConfigurationCommand({ Bucket })],
    ['ReplicationConfigurationNotFoundError', new sdk.GetBucketReplicationCommand({ Bucket })],
    ['ObjectLockConfigurationNotFoundError', new sdk.GetObjectLockConfigurationCommand({ Bucket })],
    ['NoSuchTagSet', new sdk.GetBucketTaggingCommand({ Bucket })],
  ])('is answered with 404 %s', async (name, command) => {
    const { s3 } = await startBucket();
    await expect(s3.send(command as sdk.GetBucketPolicyCommand)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each([
    [new sdk.GetBucketVersioningCommand({ Bucket }), {}],
    [new sdk.GetBucketLoggingCommand({ Bucket }), {}],
    [new sdk.GetBucketAccelerateConfigurationCommand({ Bucket }), {}],
    [new sdk.GetBucketRequestPaymentCommand({ Bucket }), { Payer: 'BucketOwner' }],
    [
      new sdk.GetPublicAccessBlockCommand({ Bucket }),
      { PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true } },
    ],
    [
      new sdk.GetBucketOwnershipControlsCommand({ Bucket }),
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    ],
    [
      new sdk.GetBucketEncryptionCommand({ Bucket }),
      {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    ],
    [new sdk.GetBucketAclCommand({ Bucket }), { Grants: [{ Permission: 'FULL_CONTROL' }] }],
  ])('is what every bucket begins with: %#', async (command, expected) => {
    const { s3 } = await startBucket();
    expect(await s3.send(command as sdk.GetBucketPolicyCommand)).toMatchObject(expected);
  });
});

describe('a setting of a bucket', () => {
  it('goes away when it is deleted, and stays gone for a second time', async () => {
    const { s3 } = await startBucket();
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
    await s3.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    const get = async () => await s3.send(new sdk.GetPublicAccessBlockCommand({ Bucket }));
    expect(await get()).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false },
    });
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket }));
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  });

  it('is refused of a bucket that is not there', async () => {
    const { s3 } = await startBucket();
    await expect(s3.send(new sdk.GetBucketVersioningCommand({ Bucket: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      BucketName: 'none',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is a policy that names the bucket, and lets not everybody in while such are blocked', async () => {
    const { s3 } = await startBucket();
    const put = async (statement: object) => {
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      return await s3.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy }));
    };
    const everybody = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    };
    await expect(put(everybody)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(put({ ...everybody, Effect: 'Deny', Resource: 'arn:aws:s3:::other/*' })).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message: 'Policy has invalid resource',
    });
    await expect(s3.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy: '{' }))).rejects.toMatchObject({
      name: 'MalformedPolicy',
    });
    await put({ ...everybody, Effect: 'Deny' });
    const { Policy } = await s3.send(new sdk.GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [{ Effect: 'Deny' }] });
  });

  it('is no ACL while the owner is enforced', async () => {
    const { s3 } = await startBucket();
    const acl = new sdk.PutBucketAclCommand({ Bucket, ACL: 'private' });
    await expect(s3.send(acl)).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
    await s3.send(new sdk.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    await s3.send(acl);
  });

  it('is a lifecycle whose rules act, each under an id of its own', async () => {
    const { s3 } = await startBucket();
    const put = async (...Rules: sdk.LifecycleRule[]) =>
      await s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    const rule = { Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 7 } };
    await expect(put({ ...rule, ID: 'a' }, { ...rule, ID: 'a' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(put({ ...rule, Expiration: undefined })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await put(rule, { ...rule, ID: 'b' });
    const { Rules, TransitionDefaultMinimumObjectSize } = await s3.send(
      new sdk.GetBucketLifecycleConfigurationCommand({ Bucket }),
    );
    expect(Rules).toMatchObject([{ ID: expect.stringMatching(/./), Expiration: { Days: 7 } }, { ID: 'b' }]);
    expect(TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K');
  });

  it('sends logs only to a bucket that is there', async () => {
    const { s3 } = await startBucket();
    const BucketLoggingStatus = { LoggingEnabled: { TargetBucket: 'none', TargetPrefix: '' } };
    await expect(s3.send(new sdk.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus }))).rejects.toMatchObject({
      name: 'InvalidTargetBucketForLogging',
    });
  });

  it('is a set of tags that the next one takes the place of, and that the tagging API learns of', async () => {
    const { aws, clock, s3 } = await startBucket();
    const put = async (TagSet: sdk.Tag[]) =>
      await s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    await put([{ Key: 'Environment', Value: 'pr-1' }]);
    await put([{ Key: 'Team', Value: 'data' }]);
    await expect(put([{ Key: 'aws:x', Value: '' }])).rejects.toMatchObject({ name: 'InvalidTag' });
    clock.advance(aws.world.durations.tagIndexed);
    expect([...aws.world.tagIndex.entries()]).toEqual([['arn:aws:s3:::platform-state', { Team: 'data' }]]);
  });

  it('keeps its other tags when the tagging API changes some', async () => {
    const { aws, s3, client } = await startBucket();
    const tagging = new ResourceGroupsTaggingAPIClient(client);
    const ResourceARNList = ['arn:aws:s3:::platform-state'];
    await s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'Team', Value: 'data' }] } }));
    await tagging.send(new TagResourcesCommand({ ResourceARNList, Tags: { TTL: '1' } }));
    expect(aws.world.s3.buckets.get(Bucket)?.tags).toEqual({ Team: 'data', TTL: '1' });
    await tagging.send(new UntagResourcesCommand({ ResourceARNList, TagKeys: ['Team'] }));
    expect(aws.world.s3.buckets.get(Bucket)?.tags).toEqual({ TTL: '1' });
  });
});
