import type {
  IpPermission,
  ModifySecurityGroupRulesRequest,
  ModifySecurityGroupRulesResult,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { existing } from './lookup.ts';
import { permissionsIn } from './permissions.ts';
import { missing } from './resource-kinds.ts';

/** A rule keeps its id and tags; everything else of it is replaced. */
export function modifySecurityGroupRules(
  world: World,
  { GroupId, SecurityGroupRules = [] }: ModifySecurityGroupRulesRequest,
): ModifySecurityGroupRulesResult {
  const group = existing(world.ec2.securityGroups, GroupId, missing.securityGroup);
  const rules = new Map([...world.ec2.securityGroupRules].filter(([, { groupId }]) => groupId === group.id));
  const changes = SecurityGroupRules.map(({ SecurityGroupRuleId, SecurityGroupRule = {} }) => {
    const rule = existing(rules, SecurityGroupRuleId, missing.securityGroupRule);
    const [permission] = permissionsIn(world, [permissionAsked(SecurityGroupRule)]);
    if (!permission) {
      throw new Refusal('MissingParameter', 'A rule needs a CIDR range or a group.');
    }
    return { rule, permission };
  });
  for (const { rule, permission } of changes) {
    rule.permission = permission;
  }
  return { Return: true };
}

function permissionAsked(asked: SecurityGroupRuleRequest): IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, ReferencedGroupId, PrefixListId, Description } = asked;
  return {
    IpProtocol,
    FromPort,
    ToPort,
    ...(CidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: CidrIpv4, Description }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(ReferencedGroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId: ReferencedGroupId, Description }] }),
    ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId }] }),
  };
}
