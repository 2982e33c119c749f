import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { BUCKET, startBucket } from './account.ts';

const Bucket = BUCKET;

describe('an object', () => {
  it('comes back with what was said of it, whatever its key', async () => {
    const { s3, put, get } = await startBucket();
    const key = 'env:/pr 7/a+b&ü/../x/';
    await put(key, 'hello', { ContentType: 'text/plain', Metadata: { by: 'me' }, CacheControl: 'no-store' });
    expect(await get(key)).toMatchObject({
      text: 'hello',
      ContentType: 'text/plain',
      ContentLength: 5,
      Metadata: { by: 'me' },
      CacheControl: 'no-store',
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ServerSideEncryption: 'AES256',
    });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: key }))).toMatchObject({ ContentLength: 5 });
  });

  it('is not there until it is put, nor after it is deleted, which may be done twice', async () => {
    const { s3, put, get } = await startBucket();
    await expect(get('key')).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'key' });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'key' }))).rejects.toMatchObject({ name: 'NotFound' });
    await put('key');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));
    await expect(get('key')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('is read in part', async () => {
    const { put, get } = await startBucket();
    await put('key', '0123456789');
    const part = await get('key', { Range: 'bytes=2-4' });
    expect([part.text, part.ContentRange]).toEqual(['234', 'bytes 2-4/10']);
    expect((await get('key', { Range: 'bytes=-3' })).text).toBe('789');
    expect((await get('key', { Range: 'bytes=8-' })).text).toBe('89');
    await expect(get('key', { Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  it.each([
    ['CRC32', 'ChecksumCRC32'],
    ['CRC32C', 'ChecksumCRC32C'],
    ['CRC64NVME', 'ChecksumCRC64NVME'],
    ['SHA1', 'ChecksumSHA1'],
    ['SHA256', 'ChecksumSHA256'],
  ] as const)('is compared with its checksum, %s', async (ChecksumAlgorithm, member) => {
    const { put, get } = await startBucket();
    const stored = await put('key', 'hello', { ChecksumAlgorithm });
    expect(await get('key', { ChecksumMode: 'ENABLED' })).toMatchObject({ [member]: stored[member] });
    await expect(put('key', 'changed', { [member]: stored[member] })).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('has tags of its own', async () => {
    const { s3, put, get } = await startBucket();
    await put('key', 'hello', { Tagging: 'a=1&b=2' });
    expect(await get('key')).toMatchObject({ TagCount: 2 });
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'key', Tagging: { TagSet: [{ Key: 'c', Value: '3' }] } }));
    expect(await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'key' }))).toMatchObject({
      TagSet: [{ Key: 'c', Value: '3' }],
    });
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    await expect(
      s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'key', Tagging: { TagSet: eleven } })),
    ).rejects.toMatchObject({ name: 'BadRequest' });
  });

  it('is copied with its metadata', async () => {
    const { s3, put, get } = await startBucket();
    await put('a b', 'hello', { Metadata: { by: 'me' } });
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/a%20b` }));
    expect(await get('copy')).toMatchObject({ text: 'hello', Metadata: { by: 'me' } });
  });

  it('is deleted among others, and the answer names each', async () => {
    const { s3, put } = await startBucket();
    await put('a');
    const Objects = [{ Key: 'a' }, { Key: 'none' }];
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect([Deleted, Errors]).toEqual([[{ Key: 'a' }, { Key: 'none' }], undefined]);
  });

  it.each([
    { said: 'the checksum alone, as Terraform sends it', without: ['algorithm'], answer: { Deleted: [{ Key: 'a' }] } },
    { said: 'no checksum', without: ['algorithm', 'crc32'], answer: { name: 'InvalidRequest' } },
  ])('is deleted among others for who sends a checksum: $said', async ({ without, answer }) => {
    const { s3, put } = await startBucket();
    await put('a');
    const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }] } });
    command.middlewareStack.add(
      (next) => async (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        without.forEach((what) => {
          delete headers[what === 'algorithm' ? 'x-amz-sdk-checksum-algorithm' : `x-amz-checksum-${what}`];
        });
        return await next(args);
      },
      { step: 'finalizeRequest', priority: 'high' },
    );
    expect(await s3.send(command).catch((error: unknown) => error)).toMatchObject(answer);
  });
});

describe('a condition', () => {
  it('on nothing being there is met by one of two writers, as the lock of a Terraform state needs', async () => {
    const { s3, put } = await startBucket();
    const lock = async (text: string) => await put('state.tflock', text, { IfNoneMatch: '*' });
    await lock('one');
    await expect(lock('other')).rejects.toMatchObject({
      name: 'PreconditionFailed',
      Condition: 'If-None-Match',
      $metadata: { httpStatusCode: 412 },
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'state.tflock' }));
    await lock('other');
  });

  it('on nothing being there is met by a delete marker', async () => {
    const { s3, put, setVersioning } = await startBucket();
    await setVersioning('Enabled');
    await put('key');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));
    await put('key', 'again', { IfNoneMatch: '*' });
  });

  it('on what is there is met by its ETag alone', async () => {
    const { put } = await startBucket();
    const { ETag = '' } = await put('key', 'one');
    await expect(put('key', 'two', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('none', 'two', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('key', 'two', { IfMatch: ETag });
  });

  it('on a delete is met by the ETag of what is there, for one object and for each of many', async () => {
    const { s3, put, get } = await startBucket();
    const { ETag } = await put('a');
    await put('b');
    const remove = async (Key: string, IfMatch: string) =>
      await s3.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }));
    await expect(remove('a', '"other"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(remove('none', '*')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const Objects = [
      { Key: 'a', ETag },
      { Key: 'b', ETag: '"other"' },
    ];
    expect(await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))).toMatchObject({
      Deleted: [{ Key: 'a' }],
      Errors: [{ Key: 'b', Code: 'PreconditionFailed' }],
    });
    expect((await get('b')).text).toBe('b');
    await remove('b', '*');
  });

  it('on a read saves the body or refuses it', async () => {
    const { clock, put, get } = await startBucket();
    const { ETag = '' } = await put('key');
    const written = clock.now();
    clock.advance(60);
    const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
    await expect(get('key', { IfNoneMatch: ETag })).rejects.toMatchObject(status(304));
    await expect(get('key', { IfModifiedSince: clock.now() })).rejects.toMatchObject(status(304));
    await expect(get('key', { IfMatch: '"other"' })).rejects.toMatchObject(status(412));
    await expect(get('key', { IfUnmodifiedSince: new Date(0) })).rejects.toMatchObject(status(412));
    expect(await get('key', { IfMatch: ETag, IfUnmodifiedSince: written })).toMatchObject({ text: 'key' });
  });
});
