import type {
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  SecurityGroup as SecurityGroupShape,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { allTraffic, isSamePermission, permissionsIn, shapesOf } from './permissions.ts';
import type { SecurityGroup } from './state.ts';
import { indexTags, tagList, tagsFor } from './tags.ts';

export function createSecurityGroup(world: World, input: CreateSecurityGroupRequest): CreateSecurityGroupResult {
  const { GroupName: name = '', Description: description = '' } = input;
  const vpcId = input.VpcId ?? ensureDefaultVpc(world).id;
  if (!world.ec2.vpcs.has(vpcId)) {
    throw new Refusal('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`);
  }
  if (name.startsWith('sg-') || name.length > 255) {
    throw new Refusal('InvalidParameterValue', `Value (${name}) for parameter GroupName is invalid.`);
  }
  const groups = [...world.ec2.securityGroups.values()];
  if (groups.some((group) => group.vpcId === vpcId && group.name === name)) {
    throw new Refusal('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
  }
  const tags = tagsFor('security-group', input.TagSpecifications);
  const id = `sg-0${world.uniqueHex(16)}`;
  world.ec2.securityGroups.set(id, { id, vpcId, name, description, ingress: [], egress: [allTraffic], tags });
  indexTags(world, { kind: 'security-group', id, tags });
  return { GroupId: id, SecurityGroupArn: ec2Arn(world, 'security-group', id), Tags: tagList(tags) };
}

export function authorizeIngress(
  world: World,
  input: AuthorizeSecurityGroupIngressRequest,
): AuthorizeSecurityGroupIngressResult {
  const group = groupFor(world, input);
  const { IpPermissions, IpProtocol, FromPort, ToPort, CidrIp } = input;
  const single = CidrIp === undefined ? [] : [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }];
  const added = permissionsIn(world, [...(IpPermissions ?? []), ...single]);
  if (added.length === 0) {
    throw new Refusal('MissingParameter', 'Either ipPermissions or ipProtocol and cidrIp must be given.');
  }
  if (added.some((one) => group.ingress.some((other) => isSamePermission(one, other)))) {
    throw new Refusal('InvalidPermission.Duplicate', 'the specified rule already exists');
  }
  group.ingress = [...group.ingress, ...added];
  return { Return: true };
}

function groupFor(world: World, { GroupId, GroupName }: AuthorizeSecurityGroupIngressRequest): SecurityGroup {
  const groups = [...world.ec2.securityGroups.values()];
  const group =
    GroupId === undefined
      ? groups.find(({ name, vpcId }) => name === GroupName && vpcId === ensureDefaultVpc(world).id)
      : world.ec2.securityGroups.get(GroupId);
  if (!group) {
    throw new Refusal('InvalidGroup.NotFound', `The security group '${GroupId ?? GroupName}' does not exist`);
  }
  return group;
}

export function securityGroupShape(world: World, group: SecurityGroup): SecurityGroupShape {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: world.accountId,
    SecurityGroupArn: ec2Arn(world, 'security-group', group.id),
    IpPermissions: shapesOf(world, group.ingress),
    IpPermissionsEgress: shapesOf(world, group.egress),
    Tags: tagList(group.tags),
  };
}
