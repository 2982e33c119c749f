import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and Elastic Container Registry', () => {
  it(
    'push an image, find it by its tag, and read the errors of what is missing',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string, ...more: string[]) =>
        await runAwsCli(aws.url, ['ecr', ...line.split(' '), ...more]);
      await cli('create-repository --repository-name vol-app/api --image-tag-mutability IMMUTABLE');
      const push = async (manifest: string) =>
        await cli('put-image --repository-name vol-app/api --image-tag pr-1', '--image-manifest', manifest);
      await push('{"n":1}');

      expect((await push('{"n":2}')).stderr).toContain('(ImageTagAlreadyExistsException)');
      expect((await cli('describe-images --repository-name vol-app/api --image-ids imageTag=pr-1')).json).toMatchObject(
        { imageDetails: [{ repositoryName: 'vol-app/api', imageTags: ['pr-1'] }] },
      );
      expect((await cli('describe-images --repository-name vol-app/api --image-ids imageTag=pr-2')).stderr).toContain(
        'An error occurred (ImageNotFoundException) when calling the DescribeImages operation',
      );
      expect((await cli('list-images --repository-name vol-app/web')).stderr).toContain(
        '(RepositoryNotFoundException)',
      );
      expect((await cli('delete-repository --repository-name vol-app/api')).stderr).toContain(
        '(RepositoryNotEmptyException)',
      );
      await cli('batch-delete-image --repository-name vol-app/api --image-ids imageTag=pr-1');
      expect((await cli('delete-repository --repository-name vol-app/api')).exitCode).toBe(0);
    },
    CLI_TIMEOUT_MS,
  );
});
