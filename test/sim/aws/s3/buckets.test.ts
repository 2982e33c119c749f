import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { BUCKET, startBucket } from './account.ts';

describe('a bucket', () => {
  it.each([
    ['ab', 'is too short'],
    ['a'.repeat(64), 'is too long'],
    ['Upper', 'has a capital'],
    ['a..b', 'has two dots in a row'],
    ['-ab', 'begins with a hyphen'],
    ['192.168.5.4', 'is an address'],
    ['xn--abc', 'has a prefix of AWS'],
    ['abc-s3alias', 'has a suffix of AWS'],
  ])('is not named %s, which %s', async (Bucket) => {
    const { s3 } = await startBucket();
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'InvalidBucketName' });
  });

  it('is made once, in the Region of its endpoint, and is found there', async () => {
    const { s3 } = await startBucket();
    const again = s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await expect(again).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou', $metadata: { httpStatusCode: 409 } });
    const elsewhere = { LocationConstraint: 'eu-west-2' as const };
    await expect(
      s3.send(new CreateBucketCommand({ Bucket: 'other', CreateBucketConfiguration: elsewhere })),
    ).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });

    expect(await s3.send(new HeadBucketCommand({ Bucket: BUCKET }))).toMatchObject({ BucketRegion: 'eu-west-1' });
    expect(await s3.send(new GetBucketLocationCommand({ Bucket: BUCKET }))).toMatchObject({
      LocationConstraint: 'eu-west-1',
    });
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([BUCKET]);
  });

  it('is not there for who expects it to be of another account', async () => {
    const { s3 } = await startBucket();
    const input = { Bucket: BUCKET, ExpectedBucketOwner: '210987654321' };
    await expect(s3.send(new HeadBucketCommand(input))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('is not deleted while it holds a version or a delete marker', async () => {
    const { s3, put, setVersioning } = await startBucket();
    await setVersioning('Enabled');
    const { VersionId } = await put('key');
    const remove = async () => await s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
    const notEmpty = { name: 'BucketNotEmpty', $metadata: { httpStatusCode: 409 } };
    await expect(remove()).rejects.toMatchObject(notEmpty);
    const marker = await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'key' }));
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'key', VersionId }));
    await expect(remove()).rejects.toMatchObject(notEmpty);
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'key', VersionId: marker.VersionId }));
    await remove();
    await expect(s3.send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});
