import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const logGroupName = '/ephemeral/pr-7';
const keyNumbered = (number: number): string =>
  `arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-00000000000${number}`;

it('a log group names the key it was made with, the key that followed, and none after that', async () => {
  const { client } = await startSteppedAws({ rateLimits: false });
  const logs = new CloudWatchLogsClient(client);
  const key = async () => (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]?.kmsKeyId;

  await logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId: keyNumbered(1) }));
  expect(await key()).toBe(keyNumbered(1));
  await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: keyNumbered(2) }));
  expect(await key()).toBe(keyNumbered(2));
  await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
  expect(await key()).toBeUndefined();

  const byAlias = logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: 'alias/logs' }));
  await expect(byAlias).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
