import { CreateTagsCommand, DeleteTagsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

describe('DeleteTags', () => {
  it('takes away keys, and a pair only when the value is the same', async () => {
    const { client } = await startSteppedAws();
    const ec2 = new EC2Client(client);
    const vpc = async () => (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0];
    const Resources = [(await vpc())?.VpcId ?? ''];
    const pairs = ['a', 'b', 'c'].map((Key) => ({ Key, Value: '1' }));
    await ec2.send(new CreateTagsCommand({ Resources, Tags: pairs }));

    await ec2.send(
      new DeleteTagsCommand({ Resources, Tags: [{ Key: 'a' }, { Key: 'b', Value: '1' }, { Key: 'c', Value: '2' }] }),
    );

    expect((await vpc())?.Tags).toEqual([{ Key: 'c', Value: '1' }]);
  });
});
