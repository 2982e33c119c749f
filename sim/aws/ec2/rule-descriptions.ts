import type {
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  SecurityGroupRule as SecurityGroupRuleShape,
} from '@aws-sdk/client-ec2';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';
import { missing } from './resource-kinds.ts';
import type { SecurityGroupRule } from './state.ts';
import { tagList } from './tags.ts';

export function describeSecurityGroupRules(
  world: World,
  input: DescribeSecurityGroupRulesRequest,
): DescribeSecurityGroupRulesResult {
  ensureDefaultVpc(world);
  const { items, nextToken } = describeAll({
    all: world.ec2.securityGroupRules,
    ids: input.SecurityGroupRuleIds,
    missing: missing.securityGroupRule,
    filters: input.Filters,
    fields: {
      'group-id': ({ groupId }) => [groupId],
      'security-group-rule-id': ({ id }) => [id],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { SecurityGroupRules: items.map((rule) => ruleShape(world, rule)), NextToken: nextToken };
}

/** Where a permission says nothing of ports, a rule says -1. */
export function ruleShape(
  world: World,
  { id, groupId, direction, permission, tags }: SecurityGroupRule,
): SecurityGroupRuleShape {
  const { peer, protocol, fromPort = -1, toPort = -1, description } = permission;
  return {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: ec2Arn(world, 'security-group-rule', id),
    GroupId: groupId,
    GroupOwnerId: world.accountId,
    IsEgress: direction === 'egress',
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    CidrIpv4: 'cidr' in peer ? peer.cidr : undefined,
    CidrIpv6: 'cidr6' in peer ? peer.cidr6 : undefined,
    ReferencedGroupInfo: 'groupId' in peer ? { GroupId: peer.groupId, UserId: world.accountId } : undefined,
    Description: description,
    Tags: tagList(tags),
  };
}
