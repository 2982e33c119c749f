import { ListObjectsCommand, ListObjectsV2Command, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { BUCKET, startBucket } from './account.ts';

const Bucket = BUCKET;

describe('a list of objects', () => {
  it('rolls keys up to a delimiter, as folders', async () => {
    const { s3, put } = await startBucket();
    for (const key of ['a', 'env:/blue/state', 'env:/green/state', 'env:/green/state.tflock', 'z/1']) {
      await put(key);
    }
    const top = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(top.CommonPrefixes).toEqual([{ Prefix: 'env:/' }, { Prefix: 'z/' }]);
    expect([top.Contents?.map(({ Key }) => Key), top.KeyCount]).toEqual([['a'], 3]);
    const within = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'env:/', Delimiter: '/' }));
    expect(within.CommonPrefixes).toEqual([{ Prefix: 'env:/blue/' }, { Prefix: 'env:/green/' }]);
  });

  it('is in the order of bytes, and goes on from page to page', async () => {
    const { s3, put } = await startBucket();
    const keys = ['b', 'B', 'ü', '𐀀', '｡', 'a/1', 'a-1'];
    for (const key of keys) {
      await put(key);
    }
    const found: (string | undefined)[] = [];
    let pages = 0;
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 3 }, { Bucket })) {
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      pages += 1;
    }
    expect([found, pages]).toEqual([['B', 'a-1', 'a/1', 'b', 'ü', '｡', '𐀀'], 3]);
    await expect(s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'made up' }))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
  });

  it('in its older form goes on after a key', async () => {
    const { s3, put } = await startBucket();
    for (const key of ['a', 'b', 'c/1', 'c/2']) {
      await put(key);
    }
    const page = await s3.send(new ListObjectsCommand({ Bucket, Marker: 'a', MaxKeys: 1, Delimiter: '/' }));
    expect(page).toMatchObject({ IsTruncated: true, NextMarker: 'b', Contents: [{ Key: 'b' }] });
  });
});
