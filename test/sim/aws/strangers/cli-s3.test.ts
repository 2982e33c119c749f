import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 120_000;

describeWithAwsCli('the AWS CLI and S3', () => {
  it(
    'make a versioned bucket, write to it on a condition, read it back, and empty it before it goes',
    async () => {
      const { aws } = await startSteppedAws();
      const file = join(mkdtempSync(join(tmpdir(), 'cli-s3-')), 'state');
      writeFileSync(file, 'hello');
      const cli = async (line: string) => await runAwsCli(aws.url, ['s3api', ...line.split(' ')]);
      const configuration = '--create-bucket-configuration LocationConstraint=eu-west-1';
      await cli(`create-bucket --bucket state ${configuration}`);
      await cli('put-bucket-versioning --bucket state --versioning-configuration Status=Enabled');
      const put = await cli(`put-object --bucket state --key a/b --body ${file}`);
      expect(put.json).toMatchObject({ ETag: '"5d41402abc4b2a76b9719d911017c592"' });

      const { VersionId } = put.json as { VersionId: string };
      expect((await cli('list-objects-v2 --bucket state')).json).toMatchObject({ Contents: [{ Key: 'a/b', Size: 5 }] });
      await cli(`get-object --bucket state --key a/b ${file}.back`);
      expect(readFileSync(`${file}.back`, 'utf8')).toBe('hello');
      expect((await cli('head-object --bucket state --key none')).stderr).toContain('(404)');
      expect((await cli('get-bucket-policy --bucket state')).stderr).toContain('(NoSuchBucketPolicy)');
      expect((await cli('delete-object --bucket state --key a/b')).json).toMatchObject({ DeleteMarker: true });
      expect((await cli('delete-bucket --bucket state')).stderr).toContain('(BucketNotEmpty)');

      const { DeleteMarkers } = (await cli('list-object-versions --bucket state')).json as {
        DeleteMarkers: { VersionId: string }[];
      };
      const ids = [VersionId, ...DeleteMarkers.map((marker) => marker.VersionId)];
      const keys = ids.map((id) => `{Key=a/b,VersionId=${id}}`).join(',');
      await cli(`delete-objects --bucket state --delete Objects=[${keys}],Quiet=true`);
      expect(await cli('delete-bucket --bucket state')).toMatchObject({ exitCode: 0, stderr: '' });
    },
    CLI_TIMEOUT_MS,
  );
});
