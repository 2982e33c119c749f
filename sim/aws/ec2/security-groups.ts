import type {
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  SecurityGroup as SecurityGroupShape,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { allTraffic, shapesOf } from './permissions.ts';
import { addRule, permissionsOf } from './rules.ts';
import type { SecurityGroup } from './state.ts';
import { indexTags, tagList, tagsFor } from './tags.ts';
import { vpcNamed } from './vpcs.ts';

export function createSecurityGroup(world: World, input: CreateSecurityGroupRequest): CreateSecurityGroupResult {
  const { GroupName: name = '', Description: description = '' } = input;
  const vpcId = input.VpcId ?? ensureDefaultVpc(world).id;
  vpcNamed(world, vpcId);
  if (name.startsWith('sg-') || name.length > 255) {
    throw new Refusal('InvalidParameterValue', `Value (${name}) for parameter GroupName is invalid.`);
  }
  const groups = [...world.ec2.securityGroups.values()];
  if (groups.some((group) => group.vpcId === vpcId && group.name === name)) {
    throw new Refusal('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
  }
  const tags = tagsFor('security-group', input.TagSpecifications);
  const id = `sg-0${world.uniqueHex(16)}`;
  world.ec2.securityGroups.set(id, { id, vpcId, name, description, tags });
  addRule(world, { groupId: id, direction: 'egress', permission: allTraffic });
  indexTags(world, { kind: 'security-group', id, tags });
  return { GroupId: id, SecurityGroupArn: ec2Arn(world, 'security-group', id), Tags: tagList(tags) };
}

export function securityGroupShape(world: World, group: SecurityGroup): SecurityGroupShape {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: world.accountId,
    SecurityGroupArn: ec2Arn(world, 'security-group', group.id),
    IpPermissions: shapesOf(world, permissionsOf(world, group.id, 'ingress')),
    IpPermissionsEgress: shapesOf(world, permissionsOf(world, group.id, 'egress')),
    Tags: tagList(group.tags),
  };
}
