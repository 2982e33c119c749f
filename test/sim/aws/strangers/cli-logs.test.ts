import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and CloudWatch Logs', () => {
  it(
    'make a log group, keep it for a week, write to it, search it, and delete it',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['logs', ...line.split(' ')]);
      const group = '--log-group-name /ephemeral/pr-7/api';
      await cli(`create-log-group ${group} --tags Environment=pr-7`);
      expect((await cli(`create-log-group ${group}`)).stderr).toContain('(ResourceAlreadyExistsException)');
      await cli(`put-retention-policy ${group} --retention-in-days 7`);
      expect((await cli('describe-log-groups --log-group-name-prefix /ephemeral/')).json).toMatchObject({
        logGroups: [{ logGroupName: '/ephemeral/pr-7/api', retentionInDays: 7 }],
      });

      await cli(`create-log-stream ${group} --log-stream-name api/1`);
      const timestamp = clock.now().getTime();
      await cli(
        `put-log-events ${group} --log-stream-name api/1 --log-events timestamp=${timestamp},message=started timestamp=${timestamp},message=ERROR`,
      );
      expect((await cli(`filter-log-events ${group} --filter-pattern ERROR`)).json).toMatchObject({
        events: [{ logStreamName: 'api/1', message: 'ERROR' }],
      });
      expect((await cli(`get-log-events ${group} --log-stream-name api/1 --limit 1`)).json).toMatchObject({
        events: [{ message: 'ERROR' }],
      });

      const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/ephemeral/pr-7/api';
      expect((await cli(`list-tags-for-resource --resource-arn ${arn}`)).json).toEqual({
        tags: { Environment: 'pr-7' },
      });
      expect((await cli(`delete-log-group ${group}`)).exitCode).toBe(0);
      expect((await cli(`delete-log-group ${group}`)).stderr).toContain(
        'An error occurred (ResourceNotFoundException) when calling the DeleteLogGroup operation: The specified log group does not exist.',
      );
    },
    CLI_TIMEOUT_MS,
  );
});
