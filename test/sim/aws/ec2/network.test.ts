import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeAvailabilityZonesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Filter,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { attachNetworkInterface, releaseNetworkInterface } from '../../../../sim/aws/ec2/network-interfaces.ts';
import type { AwsSimulator } from '../../../../sim/aws/server.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

let aws: AwsSimulator;
let ec2: EC2Client;
let vpcId: string;

beforeEach(async () => {
  const started = await startSteppedAws();
  aws = started.aws;
  ec2 = new EC2Client(started.client);
  const TagSpecifications = [
    { ResourceType: 'vpc' as const, Tags: [{ Key: 'Name', Value: 'platform' }] },
    { ResourceType: 'subnet' as const, Tags: [{ Key: 'Name', Value: 'not mine' }] },
  ];
  const made = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }));
  vpcId = made.Vpc?.VpcId ?? '';
});

async function subnet(CidrBlock: string, AvailabilityZone = 'eu-west-1a'): Promise<string> {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone }));
  return Subnet?.SubnetId ?? '';
}

async function group(GroupName: string): Promise<string> {
  const made = await ec2.send(new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName, Description: GroupName }));
  return made.GroupId ?? '';
}

describe('a VPC', () => {
  it('has an id of EC2, its own tags and a default security group', async () => {
    expect(vpcId).toMatch(/^vpc-0[0-9a-f]{16}$/);
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
    expect(Vpcs).toMatchObject([{ CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'platform' }] }]);
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    expect(SecurityGroups?.map((found) => found.GroupName)).toEqual(['default']);
  });

  it('stands beside the default one, with a subnet in every zone', async () => {
    const Filters = [{ Name: 'is-default', Values: ['true'] }];
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters }));
    expect(Vpcs?.map((vpc) => vpc.CidrBlock)).toEqual(['172.31.0.0/16']);
    const inDefault = [{ Name: 'vpc-id', Values: [Vpcs?.[0]?.VpcId ?? ''] }];
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: inDefault }));
    expect(Subnets?.map((found) => found.AvailabilityZone)).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });

  it('is not found by an id that is none', async () => {
    await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-0'] }))).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
      message: "The vpc ID 'vpc-0' does not exist",
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each(['10.0.0.0/8', '10.0.0.0/30', '10.0.0.0', 'ten'])('is refused over %s', async (CidrBlock) => {
    await expect(ec2.send(new CreateVpcCommand({ CidrBlock }))).rejects.toMatchObject({
      name: expect.stringMatching(/^Invalid/),
    });
  });
});

describe('a subnet', () => {
  it('is found by VPC, zone and tag, with wildcards', async () => {
    const first = await subnet('10.0.0.0/24');
    const second = await subnet('10.0.1.0/24', 'eu-west-1b');
    const Tags = [{ Key: 'Tier', Value: 'private-b' }];
    await ec2.send(new CreateTagsCommand({ Resources: [second], Tags }));
    const find = async (...Filters: Filter[]) => {
      const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
      return Subnets?.map((found) => found.SubnetId);
    };
    const inVpc = { Name: 'vpc-id', Values: [vpcId] };
    expect(await find(inVpc)).toEqual([first, second]);
    expect(await find(inVpc, { Name: 'availability-zone', Values: ['eu-west-1a', 'eu-west-1c'] })).toEqual([first]);
    expect(await find({ Name: 'tag:Tier', Values: ['private-*'] })).toEqual([second]);
    expect(await find({ Name: 'tag-key', Values: ['Tier'] })).toEqual([second]);
    await expect(find({ Name: 'colour', Values: ['red'] })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it.each([
    { reason: 'outside its VPC', cidr: '10.1.0.0/24', code: 'InvalidSubnet.Range' },
    { reason: 'over another', cidr: '10.0.0.128/25', code: 'InvalidSubnet.Conflict' },
  ])('is refused $reason', async ({ cidr, code }) => {
    await subnet('10.0.0.0/24');
    await expect(subnet(cidr)).rejects.toMatchObject({ name: code });
  });

  it('is refused in an unknown zone and an unknown VPC', async () => {
    await expect(subnet('10.0.0.0/24', 'eu-west-1z')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    vpcId = 'vpc-0';
    await expect(subnet('10.0.0.0/24')).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  });

  it('counts its free addresses, and the interfaces in it can be listed', async () => {
    const subnetId = await subnet('10.0.0.0/28');
    const groupIds = [await group('tasks')];
    const free = async () =>
      (await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetId] }))).Subnets?.[0]?.AvailableIpAddressCount;
    expect(await free()).toBe(11);
    const first = attachNetworkInterface(aws.world, { subnetId, groupIds, description: 'a task' });
    expect([first.privateIp, await free()]).toEqual(['10.0.0.4', 10]);
    const Filters = [{ Name: 'group-id', Values: groupIds }];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    expect(NetworkInterfaces).toMatchObject([
      { NetworkInterfaceId: first.id, SubnetId: subnetId, VpcId: vpcId, PrivateIpAddress: '10.0.0.4' },
    ]);
    for (let more = 1; more < 11; more++) {
      attachNetworkInterface(aws.world, { subnetId, groupIds, description: 'a task' });
    }
    const onceMore = () => attachNetworkInterface(aws.world, { subnetId, groupIds, description: 'a task' });
    expect(onceMore).toThrow('has no free addresses left');
    releaseNetworkInterface(aws.world, first.id);
    expect(onceMore().privateIp).toBe('10.0.0.4');
  });
});

describe('a security group', () => {
  it('holds its rules once', async () => {
    const [balancer, tasks] = [await group('balancer'), await group('tasks')];
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId: balancer }] },
      { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'inside' }] },
    ];
    const authorize = new AuthorizeSecurityGroupIngressCommand({ GroupId: tasks, IpPermissions });
    await ec2.send(authorize);
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [tasks] }));
    expect(SecurityGroups?.[0]?.IpPermissions).toMatchObject([
      {
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        UserIdGroupPairs: [{ GroupId: balancer, UserId: '123456789012' }],
        IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'inside' }],
      },
    ]);
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).toMatchObject([{ IpProtocol: '-1' }]);
    await expect(ec2.send(authorize)).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
  });

  it('is refused twice under one name, and is not found by a wrong id', async () => {
    await group('tasks');
    await expect(group('tasks')).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' });
    await expect(ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0'] }))).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
  });
});

describe('tags', () => {
  it('are put on all named resources or on none', async () => {
    const Tags = [{ Key: 'Team', Value: 'platform' }];
    const half = ec2.send(new CreateTagsCommand({ Resources: [vpcId, 'subnet-0'], Tags }));
    await expect(half).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
    const read = async () => (await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }))).Vpcs?.[0]?.Tags;
    expect(await read()).toHaveLength(1);
    await ec2.send(new CreateTagsCommand({ Resources: [vpcId], Tags }));
    expect(await read()).toHaveLength(2);
  });
});

describe('the zones', () => {
  it('are three, with their ids', async () => {
    const { AvailabilityZones } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    expect(AvailabilityZones?.map((zone) => [zone.ZoneName, zone.ZoneId])).toEqual([
      ['eu-west-1a', 'euw1-az1'],
      ['eu-west-1b', 'euw1-az2'],
      ['eu-west-1c', 'euw1-az3'],
    ]);
  });
});
