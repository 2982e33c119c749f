import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResult,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  IpPermission,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { existing, remove } from './lookup.ts';
import { isSamePermission, permissionsIn, shapesOf } from './permissions.ts';
import { missing } from './resource-kinds.ts';
import { ruleShape } from './rule-descriptions.ts';
import { addRule, rulesOf } from './rules.ts';
import type { SecurityGroup, SecurityGroupRule } from './state.ts';
import { indexTags, tagsFor } from './tags.ts';

type Direction = SecurityGroupRule['direction'];
type Naming = Pick<AuthorizeSecurityGroupIngressRequest, 'GroupId' | 'GroupName'>;

/** All rules of the call or none. */
export function authorize(
  world: World,
  direction: Direction,
  input: AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest,
): AuthorizeSecurityGroupIngressResult & AuthorizeSecurityGroupEgressResult {
  const group = groupFor(world, input);
  const asked = permissionsIn(world, permissionsAsked(input));
  if (asked.length === 0) {
    throw new Refusal('MissingParameter', 'Either ipPermissions or ipProtocol and cidrIp must be given.');
  }
  const standing = rulesOf(world, group.id, direction);
  if (asked.some((one) => standing.some(({ permission }) => isSamePermission(one, permission)))) {
    throw new Refusal('InvalidPermission.Duplicate', 'the specified rule already exists');
  }
  const tags = tagsFor('security-group-rule', input.TagSpecifications);
  const added = asked.map((permission) => addRule(world, { groupId: group.id, direction, permission, tags }));
  for (const { id } of added) {
    indexTags(world, { kind: 'security-group-rule', id, tags });
  }
  return { Return: true, SecurityGroupRules: added.map((rule) => ruleShape(world, rule)) };
}

/**
 * "For a default VPC, if the values you specify do not match the existing rule's values, no error is returned [...]. For
 * a non-default VPC, [...] an InvalidPermission.NotFound client error is returned, and no rules are revoked."
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 */
export function revoke(
  world: World,
  direction: Direction,
  input: RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest,
): RevokeSecurityGroupIngressResult {
  const group = groupFor(world, input);
  const standing = rulesOf(world, group.id, direction);
  const ids = input.SecurityGroupRuleIds ?? [];
  for (const id of ids) {
    existing(new Map(standing.map((rule) => [rule.id, rule])), id, missing.securityGroupRule);
  }
  const asked = permissionsIn(world, permissionsAsked(input));
  const unknown = asked.filter((one) => !standing.some(({ permission }) => isSamePermission(one, permission)));
  if (unknown.length > 0 && !world.ec2.vpcs.get(group.vpcId)?.isDefault) {
    throw new Refusal('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  }
  const goes = ({ id, permission }: SecurityGroupRule): boolean =>
    ids.includes(id) || asked.some((one) => isSamePermission(one, permission));
  for (const { id } of standing.filter(goes)) {
    remove(world, id);
  }
  return { Return: true, UnknownIpPermissions: shapesOf(world, unknown) };
}

function permissionsAsked({
  IpPermissions = [],
  IpProtocol,
  FromPort,
  ToPort,
  CidrIp,
}: AuthorizeSecurityGroupIngressRequest): IpPermission[] {
  const single = CidrIp === undefined ? [] : [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }];
  return [...IpPermissions, ...single];
}

function groupFor(world: World, { GroupId, GroupName }: Naming): SecurityGroup {
  const groups = [...world.ec2.securityGroups.values()];
  const named = (): string | undefined =>
    groups.find(({ name, vpcId }) => name === GroupName && vpcId === ensureDefaultVpc(world).id)?.id;
  return existing(world.ec2.securityGroups, GroupId ?? named() ?? GroupName, missing.securityGroup);
}
