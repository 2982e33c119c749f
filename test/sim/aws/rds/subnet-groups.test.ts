import { CreateSubnetCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeDBSubnetGroupsCommand, ModifyDBSubnetGroupCommand } from '@aws-sdk/client-rds';
import { expect, it } from '@jest/globals';
import { startAurora } from './aurora.ts';

it('a subnet group has the subnets put last, two zones of its own VPC', async () => {
  const { rds, client, subnetIds, aws } = await startAurora();
  const ec2 = new EC2Client(client);
  const VpcId = aws.world.ec2.subnets.get(subnetIds[0] ?? '')?.vpcId;
  const made = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.9.0/24', AvailabilityZone: 'eu-west-1c' }),
  );
  const modify = async (SubnetIds: string[], DBSubnetGroupName = 'private') =>
    await rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds }));
  const wanted = [subnetIds[0] ?? '', made.Subnet?.SubnetId ?? ''];
  await modify(wanted);

  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const foreign = Subnets.filter((subnet) => subnet.VpcId !== VpcId).map(({ SubnetId = '' }) => SubnetId);
  expect(foreign.length).toBeGreaterThan(1);
  await expect(modify(foreign)).rejects.toMatchObject({ name: 'InvalidSubnet' });
  await expect(modify(wanted.slice(0, 1))).rejects.toMatchObject({ name: 'DBSubnetGroupDoesNotCoverEnoughAZs' });
  await expect(modify(wanted, 'missing')).rejects.toMatchObject({ name: 'DBSubnetGroupNotFoundFault' });
  const { DBSubnetGroups } = await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'private' }));
  expect(DBSubnetGroups?.[0]?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier)).toEqual(wanted);
});
