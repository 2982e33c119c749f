import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2';
import type { World } from '../world.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';
import { missing } from './resource-kinds.ts';
import { securityGroupShape } from './security-groups.ts';

export function describeSecurityGroups(
  world: World,
  input: DescribeSecurityGroupsRequest,
): DescribeSecurityGroupsResult {
  ensureDefaultVpc(world);
  const names = input.GroupNames ?? [];
  const { items, nextToken } = describeAll({
    all: world.ec2.securityGroups,
    ids: input.GroupIds,
    missing: missing.securityGroup,
    filters: [...(input.Filters ?? []), ...(names.length > 0 ? [{ Name: 'group-name', Values: names }] : [])],
    fields: {
      'group-id': ({ id }) => [id],
      'group-name': ({ name }) => [name],
      description: ({ description }) => [description],
      'vpc-id': ({ vpcId }) => [vpcId],
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { SecurityGroups: items.map((group) => securityGroupShape(world, group)), NextToken: nextToken };
}
