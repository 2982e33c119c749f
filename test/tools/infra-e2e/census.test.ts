import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, DeleteClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { newcomers, takeCensus } from '../../../tools/infra-e2e/census/census.ts';
import { startSteppedAws } from '../../support/aws-simulator.ts';

describe('a census of an account', () => {
  it('names what came since the last one, and not what has ended', async () => {
    const { client } = await startSteppedAws();
    const before = await takeCensus(client);
    await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName: '/left/behind' }));
    await new EC2Client(client).send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const ecs = new ECSClient(client);
    await ecs.send(new CreateClusterCommand({ clusterName: 'ended' }));
    await ecs.send(new DeleteClusterCommand({ cluster: 'ended' }));

    const came = newcomers(before, await takeCensus(client));

    expect(came).toContain('log group /left/behind');
    expect(came.map((name) => name.replace(/ \S+$/, ''))).toEqual([
      'log group',
      'route table',
      'security group',
      'vpc',
    ]);
  });

  it('is the same twice', async () => {
    const { client } = await startSteppedAws();
    expect(await takeCensus(client)).toEqual(await takeCensus(client));
  });

  it('counts a role, though not one that a service made for itself', async () => {
    const { client } = await startSteppedAws();
    const before = await takeCensus(client);
    await new IAMClient(client).send(
      new CreateRoleCommand({
        RoleName: 'forgotten',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
        }),
      }),
    );
    expect(newcomers(before, await takeCensus(client))).toEqual(['role forgotten']);
  });
});
