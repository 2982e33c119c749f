import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and Secrets Manager', () => {
  it(
    'make a secret, change it, delete it for good, and find its name free after a moment',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['secretsmanager', ...line.split(' ')]);
      const create = async () =>
        await cli('create-secret --name pr-7/db --secret-string first --tags Key=Environment,Value=pr-7');
      expect((await create()).json).toMatchObject({ Name: 'pr-7/db' });
      expect((await create()).stderr).toContain('(ResourceExistsException)');
      await cli('put-secret-value --secret-id pr-7/db --secret-string second');
      expect((await cli('get-secret-value --secret-id pr-7/db')).json).toMatchObject({
        SecretString: 'second',
        VersionStages: ['AWSCURRENT'],
      });
      expect((await cli('list-secrets --filters Key=tag-value,Values=pr-7')).json).toMatchObject({
        SecretList: [{ Name: 'pr-7/db', Tags: [{ Key: 'Environment', Value: 'pr-7' }] }],
      });

      await cli('delete-secret --secret-id pr-7/db --force-delete-without-recovery');
      expect((await cli('get-secret-value --secret-id pr-7/db')).stderr).toContain('(InvalidRequestException)');
      expect((await create()).stderr).toContain('already scheduled for deletion');
      clock.advance(aws.world.durations.secretDeleted);

      expect((await cli('describe-secret --secret-id pr-7/db')).stderr).toContain(
        "An error occurred (ResourceNotFoundException) when calling the DescribeSecret operation: Secrets Manager can't find the specified secret.",
      );
      expect((await create()).exitCode).toBe(0);
    },
    CLI_TIMEOUT_MS,
  );
});
