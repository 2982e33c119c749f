import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 120_000;

describeWithAwsCli('the AWS CLI and SQS', () => {
  it(
    'make a queue, send, receive and delete a message, and miss a queue',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['sqs', ...line.split(' ')]);
      const { QueueUrl } = (
        await cli('create-queue --queue-name jobs --attributes VisibilityTimeout=60 --tags Team=data')
      ).json as { QueueUrl: string };
      expect((await cli(`get-queue-attributes --queue-url ${QueueUrl} --attribute-names All`)).json).toMatchObject({
        Attributes: { VisibilityTimeout: '60', QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:jobs' },
      });
      await cli(`send-message --queue-url ${QueueUrl} --message-body work`);
      const received = await cli(`receive-message --queue-url ${QueueUrl} --attribute-names All`);
      expect(received.json).toMatchObject({
        Messages: [{ Body: 'work', Attributes: { ApproximateReceiveCount: '1' } }],
      });
      const [message] = (received.json as { Messages: { ReceiptHandle: string }[] }).Messages;
      await cli(`delete-message --queue-url ${QueueUrl} --receipt-handle ${message?.ReceiptHandle}`);
      expect((await cli('get-queue-url --queue-name none')).stderr).toContain(
        '(AWS.SimpleQueueService.NonExistentQueue)',
      );
      expect(await cli(`delete-queue --queue-url ${QueueUrl}`)).toMatchObject({ exitCode: 0, stderr: '' });
    },
    CLI_TIMEOUT_MS,
  );
});
