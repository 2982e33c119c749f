import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';
import type { Permission, SecurityGroupRule } from './state.ts';

interface NewRule {
  readonly groupId: string;
  readonly direction: SecurityGroupRule['direction'];
  readonly permission: Permission;
  readonly tags?: Tags;
}

export function addRule(world: World, { groupId, direction, permission, tags = {} }: NewRule): SecurityGroupRule {
  const rule = { id: `sgr-0${world.uniqueHex(16)}`, groupId, direction, permission, tags };
  world.ec2.securityGroupRules.set(rule.id, rule);
  return rule;
}

export function rulesOf(
  { ec2 }: World,
  groupId: string,
  direction: SecurityGroupRule['direction'],
): SecurityGroupRule[] {
  return [...ec2.securityGroupRules.values()].filter(
    (rule) => rule.groupId === groupId && rule.direction === direction,
  );
}

export function permissionsOf(world: World, groupId: string, direction: SecurityGroupRule['direction']): Permission[] {
  return rulesOf(world, groupId, direction).map(({ permission }) => permission);
}
