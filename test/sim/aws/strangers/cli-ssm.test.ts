import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and Parameter Store', () => {
  it(
    'put, overwrite, read by path over the page limit, and delete parameters',
    async () => {
      const { aws, client } = await startSteppedAws();
      const ssm = new SSMClient(client);
      const cli = async (line: string) => await runAwsCli(aws.url, ['ssm', ...line.split(' ')]);
      const put = async (name: string, more = '') =>
        await cli(`put-parameter --name ${name} --value secret --type SecureString${more}`);
      expect((await put('/pr-7/key', ' --tags Key=Environment,Value=pr-7')).json).toEqual({
        Version: 1,
        Tier: 'Standard',
      });
      expect((await put('/pr-7/key')).stderr).toContain('(ParameterAlreadyExists)');
      expect((await put('/pr-7/key', ' --overwrite')).json).toMatchObject({ Version: 2 });
      for (let index = 0; index < 10; index++) {
        await ssm.send(new PutParameterCommand({ Name: `/pr-7/deep/${index}`, Value: 'secret', Type: 'String' }));
      }

      const found = await cli('get-parameters-by-path --path /pr-7 --recursive --with-decryption');
      const { Parameters } = found.json as { Parameters: { Value: string }[] };
      expect([Parameters.length, new Set(Parameters.map(({ Value }) => Value))]).toEqual([11, new Set(['secret'])]);
      expect((await cli('list-tags-for-resource --resource-type Parameter --resource-id /pr-7/key')).json).toEqual({
        TagList: [{ Key: 'Environment', Value: 'pr-7' }],
      });
      expect((await cli('delete-parameters --names /pr-7/key /pr-7/none')).json).toEqual({
        DeletedParameters: ['/pr-7/key'],
        InvalidParameters: ['/pr-7/none'],
      });
      expect((await cli('get-parameter --name /pr-7/key')).stderr).toContain(
        'An error occurred (ParameterNotFound) when calling the GetParameter operation',
      );
    },
    CLI_TIMEOUT_MS,
  );
});
