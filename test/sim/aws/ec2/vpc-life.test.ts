import {
  CreateSecurityGroupCommand,
  DeleteInternetGatewayCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { attachNetworkInterface } from '../../../../sim/aws/ec2/network-interfaces.ts';
import { startSmallNetwork } from './small-network.ts';

const dependency = { name: 'DependencyViolation', $metadata: { httpStatusCode: 400 } };

describe('a VPC', () => {
  it('answers for its names, and takes others', async () => {
    const { ec2, VpcId } = await startSmallNetwork();
    const hostnames = async () =>
      (await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }))).EnableDnsHostnames;
    const support = new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' });
    expect((await ec2.send(support)).EnableDnsSupport).toEqual({ Value: true });
    expect(await hostnames()).toEqual({ Value: false });
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
    expect(await hostnames()).toEqual({ Value: true });
  });

  it('has a main route table and a default network ACL', async () => {
    const { ec2, VpcId, SubnetId } = await startSmallNetwork();
    const inVpc = { Name: 'vpc-id', Values: [VpcId] };
    const main = [inVpc, { Name: 'association.main', Values: ['true'] }];
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters: main }));
    expect(RouteTables).toMatchObject([
      {
        Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' }],
        Associations: [{ Main: true }],
      },
    ]);
    const byDefault = [inVpc, { Name: 'default', Values: ['true'] }];
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters: byDefault }));
    expect(NetworkAcls).toMatchObject([{ IsDefault: true, Associations: [{ SubnetId }] }]);
  });

  it('goes after what is in it, and with what came with it', async () => {
    const { ec2, VpcId, SubnetId, InternetGatewayId } = await startSmallNetwork();
    const deleteVpc = async () => await ec2.send(new DeleteVpcCommand({ VpcId }));
    await expect(deleteVpc()).rejects.toMatchObject(dependency);
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await expect(deleteVpc()).rejects.toMatchObject(dependency);
    const deleteGateway = new DeleteInternetGatewayCommand({ InternetGatewayId });
    await expect(ec2.send(deleteGateway)).rejects.toMatchObject(dependency);
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    await ec2.send(deleteGateway);
    await deleteVpc();

    await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
    });
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    expect((await ec2.send(new DescribeRouteTablesCommand({ Filters }))).RouteTables).toEqual([]);
    expect((await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups).toEqual([]);
    const rules = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    // Those of the default VPC's default group.
    expect(rules.SecurityGroupRules).toHaveLength(2);
  });

  it('stays while it has a security group of its own', async () => {
    const { ec2, VpcId, SubnetId, InternetGatewayId } = await startSmallNetwork();
    await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'tasks', Description: 'tasks' }));
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject(dependency);
  });
});

describe('a subnet', () => {
  it('maps public addresses when told to', async () => {
    const { ec2, SubnetId } = await startSmallNetwork();
    const maps = async () =>
      (await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))).Subnets?.[0]?.MapPublicIpOnLaunch;
    expect(await maps()).toBe(false);
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
    expect(await maps()).toBe(true);
  });

  it('refuses a change that would be lost', async () => {
    const { ec2, SubnetId } = await startSmallNetwork();
    const change = new ModifySubnetAttributeCommand({ SubnetId, EnableDns64: { Value: true } });
    await expect(ec2.send(change)).rejects.toMatchObject({ name: 'UnsupportedOperation' });
  });

  it('is not deleted while something lives in it', async () => {
    const { ec2, aws, SubnetId } = await startSmallNetwork();
    attachNetworkInterface(aws.world, { subnetId: SubnetId, groupIds: [], description: 'a task' });
    await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject(dependency);
  });
});
