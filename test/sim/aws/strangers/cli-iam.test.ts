import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';
import { permissions, trustPolicy } from '../iam/account.ts';

const CLI_TIMEOUT_MS = 120_000;

describeWithAwsCli('the AWS CLI and IAM', () => {
  it(
    'make a role with a policy of either kind, read the documents back, and take all of it away',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string, ...more: string[]) =>
        await runAwsCli(aws.url, ['iam', ...line.split(' '), ...more]);
      const arn = 'arn:aws:iam::123456789012:policy/logs';
      const create = async () => await cli('create-role --role-name task --assume-role-policy-document', trustPolicy);
      expect((await create()).json).toMatchObject({ Role: { Arn: 'arn:aws:iam::123456789012:role/task' } });
      expect((await create()).stderr).toContain('(EntityAlreadyExists)');
      expect((await cli('create-policy --policy-name logs --policy-document', permissions)).json).toMatchObject({
        Policy: { Arn: arn, DefaultVersionId: 'v1' },
      });
      await cli(`attach-role-policy --role-name task --policy-arn ${arn}`);
      await cli('put-role-policy --role-name task --policy-name inline --policy-document', permissions);

      // The CLI decodes documents by itself.
      expect((await cli('get-role --role-name task')).json).toMatchObject({
        Role: { AssumeRolePolicyDocument: JSON.parse(trustPolicy) },
      });
      expect((await cli('get-role-policy --role-name task --policy-name inline')).json).toMatchObject({
        PolicyDocument: JSON.parse(permissions),
      });
      expect((await cli(`get-policy-version --policy-arn ${arn} --version-id v1`)).json).toMatchObject({
        PolicyVersion: { Document: JSON.parse(permissions) },
      });

      expect((await cli('delete-role --role-name task')).stderr).toContain(
        'An error occurred (DeleteConflict) when calling the DeleteRole operation: Cannot delete entity, must detach all policies first.',
      );
      await cli(`detach-role-policy --role-name task --policy-arn ${arn}`);
      await cli('delete-role-policy --role-name task --policy-name inline');
      for (const line of ['delete-role --role-name task', `delete-policy --policy-arn ${arn}`]) {
        expect(await cli(line)).toMatchObject({ exitCode: 0, stderr: '' });
      }
      expect((await cli('get-role --role-name task')).stderr).toContain(
        'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name task cannot be found.',
      );
    },
    CLI_TIMEOUT_MS,
  );
});
