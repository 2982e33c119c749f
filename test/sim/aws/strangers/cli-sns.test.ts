import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 120_000;

describeWithAwsCli('the AWS CLI and SNS', () => {
  it(
    'make a topic, subscribe to it, publish, and miss a topic',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['sns', ...line.split(' ')]);
      const arn = 'arn:aws:sns:eu-west-1:123456789012:alerts';
      expect((await cli('create-topic --name alerts --tags Key=Team,Value=data')).json).toEqual({ TopicArn: arn });
      const subscribe = 'subscribe --protocol email --notification-endpoint ops@example.gov.uk';
      expect((await cli(`${subscribe} --topic-arn ${arn}`)).json).toEqual({ SubscriptionArn: 'pending confirmation' });
      expect((await cli(`publish --topic-arn ${arn} --subject Alert --message down`)).json).toHaveProperty('MessageId');
      expect((await cli(`get-topic-attributes --topic-arn ${arn}`)).json).toMatchObject({
        Attributes: { SubscriptionsPending: '1' },
      });
      expect((await cli(`get-topic-attributes --topic-arn ${arn}-2`)).stderr).toContain('(NotFound)');
      expect(await cli(`delete-topic --topic-arn ${arn}`)).toMatchObject({ exitCode: 0, stderr: '' });
    },
    CLI_TIMEOUT_MS,
  );
});
