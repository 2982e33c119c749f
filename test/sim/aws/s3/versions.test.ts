import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { BUCKET, startBucket } from './account.ts';

const Bucket = BUCKET;

describe('a versioned bucket', () => {
  it('keeps what was written over and what was deleted', async () => {
    const { s3, put, get, setVersioning } = await startBucket();
    await setVersioning('Enabled');
    const first = await put('key', 'one');
    await put('key', 'two');
    const { DeleteMarker, VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));
    expect(DeleteMarker).toBe(true);
    await expect(get('key')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get('key', { VersionId: marker })).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect((await get('key', { VersionId: first.VersionId })).text).toBe('one');

    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key', VersionId: marker }));
    expect((await get('key')).text).toBe('two');
    await expect(get('key', { VersionId: marker })).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  it('has one version without an id, from before and after', async () => {
    const { s3, put, setVersioning } = await startBucket();
    await put('key', 'before');
    await setVersioning('Enabled');
    const { VersionId } = await put('key', 'kept');
    await setVersioning('Suspended');
    await put('key', 'after');
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions?.map((version) => [version.VersionId, version.IsLatest, version.Size])).toEqual([
      ['null', true, 5],
      [VersionId, false, 4],
    ]);
    expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }))).toMatchObject({ VersionId: 'null' });
  });

  it('lists versions and markers page by page, and is emptied by that list', async () => {
    const { s3, put, setVersioning } = await startBucket();
    await setVersioning('Enabled');
    for (const key of ['a', 'a', 'b', 'c']) {
      await put(key);
    }
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
    const found: { Key?: string | undefined; VersionId?: string | undefined }[] = [];
    let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (next) {
      const page: Awaited<ReturnType<typeof list>> = await list(next);
      found.push(...(page.Versions ?? []), ...(page.DeleteMarkers ?? []));
      next = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect(found.map(({ Key }) => Key)).toEqual(['a', 'a', 'b', 'b', 'c']);
    const Objects = found.map(({ Key, VersionId }) => ({ Key, VersionId }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    expect(await s3.send(new ListObjectVersionsCommand({ Bucket }))).not.toHaveProperty('Versions');

    async function list(markers: object) {
      return await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
    }
  });
});
