import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { attachNetworkInterface, releaseNetworkInterface } from '../../../../sim/aws/ec2/network-interfaces.ts';
import { type SmallNetwork, startSmallNetwork } from './small-network.ts';

const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const web = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

async function group({ ec2, VpcId }: SmallNetwork, GroupName = 'tasks'): Promise<string> {
  const made = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }));
  return made.GroupId ?? '';
}

async function rules({ ec2 }: SmallNetwork, GroupId: string) {
  const Filters = [{ Name: 'group-id', Values: [GroupId] }];
  return (await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }))).SecurityGroupRules;
}

describe('a rule', () => {
  it('has an id and tags of its own, and goes by its id', async () => {
    const network = await startSmallNetwork();
    const { ec2 } = network;
    const [GroupId, balancer] = [await group(network), await group(network, 'balancer')];
    const { SecurityGroupRules } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ ...web, UserIdGroupPairs: [{ GroupId: balancer, Description: 'from it' }] }],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'Name', Value: 'web' }] }],
      }),
    );
    const id = SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? '';
    expect(id).toMatch(/^sgr-0[0-9a-f]{16}$/);
    expect(await rules(network, GroupId)).toMatchObject([
      { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
      {
        SecurityGroupRuleId: id,
        IsEgress: false,
        FromPort: 443,
        ReferencedGroupInfo: { GroupId: balancer },
        Description: 'from it',
        Tags: [{ Key: 'Name', Value: 'web' }],
      },
    ]);
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [id] }));
    await expect(ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] }))).rejects.toMatchObject(
      { name: 'InvalidSecurityGroupRuleId.NotFound' },
    );
  });

  it('keeps its id when it is changed', async () => {
    const network = await startSmallNetwork();
    const GroupId = await group(network);
    const SecurityGroupRuleId = (await rules(network, GroupId))?.[0]?.SecurityGroupRuleId;
    const SecurityGroupRule = { ...web, CidrIpv4: '10.0.0.0/8', Description: 'inside' };
    await network.ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
      }),
    );
    expect(await rules(network, GroupId)).toMatchObject([
      { SecurityGroupRuleId, FromPort: 443, CidrIpv4: '10.0.0.0/8', Description: 'inside' },
    ]);
  });

  it('for what goes out is revoked and authorised as what comes in is', async () => {
    const network = await startSmallNetwork();
    const GroupId = await group(network);
    const revoke = new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [everything] });
    await network.ec2.send(revoke);
    expect(await rules(network, GroupId)).toEqual([]);
    await expect(network.ec2.send(revoke)).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
    const inside = { ...web, Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'v6' }] };
    await network.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [inside] }));
    expect(await rules(network, GroupId)).toMatchObject([{ IsEgress: true, CidrIpv6: '::/0', FromPort: 443 }]);
    const { SecurityGroups } = await network.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).toMatchObject([inside]);
  });

  it('that does not exist is no error to revoke in the default VPC', async () => {
    const network = await startSmallNetwork();
    const made = await network.ec2.send(new CreateSecurityGroupCommand({ GroupName: 'old', Description: 'old' }));
    const IpPermissions = [{ ...web, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }];
    const revoke = new RevokeSecurityGroupIngressCommand({ GroupId: made.GroupId, IpPermissions });
    expect(await network.ec2.send(revoke)).toMatchObject({ UnknownIpPermissions: IpPermissions });
  });

  it.each([
    {
      over: 'a malformed IPv6 range',
      peer: { Ipv6Ranges: [{ CidrIpv6: '10.0.0.0/8' }] },
      code: 'InvalidParameterValue',
    },
    {
      over: 'a prefix list',
      peer: { PrefixListIds: [{ PrefixListId: 'pl-0' }] },
      code: 'InvalidPrefixListID.NotFound',
    },
  ])('is refused over $over', async ({ peer, code }) => {
    const network = await startSmallNetwork();
    const GroupId = await group(network);
    const authorize = new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [{ ...web, ...peer }] });
    await expect(network.ec2.send(authorize)).rejects.toMatchObject({ name: code });
  });
});

describe('a security group', () => {
  it('is not deleted while another refers to it or something is a member', async () => {
    const network = await startSmallNetwork();
    const { ec2, aws, SubnetId } = network;
    const [tasks, balancer] = [await group(network), await group(network, 'balancer')];
    const IpPermissions = [{ ...web, UserIdGroupPairs: [{ GroupId: balancer }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: tasks, IpPermissions }));
    const task = attachNetworkInterface(aws.world, { subnetId: SubnetId, groupIds: [tasks], description: 'a task' });
    const remove = async (GroupId: string) => await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    await expect(remove(balancer)).rejects.toMatchObject({ name: 'DependencyViolation' });
    await expect(remove(tasks)).rejects.toMatchObject({ name: 'DependencyViolation' });
    releaseNetworkInterface(aws.world, task.id);
    await remove(tasks);
    expect(await rules(network, tasks)).toEqual([]);
    await remove(balancer);
  });

  it('is not deleted when it is the default one', async () => {
    const { ec2, VpcId } = await startSmallNetwork();
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const remove = new DeleteSecurityGroupCommand({ GroupId: SecurityGroups?.[0]?.GroupId });
    await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'CannotDelete' });
  });
});
