import type {
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  NetworkAclEntry,
  NetworkAcl as NetworkAclShape,
} from '@aws-sdk/client-ec2';
import type { World } from '../world.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';

interface NetworkAcl {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Each VPC's default one, which lets everything through; no other can be made here. */
export function describeNetworkAcls(world: World, input: DescribeNetworkAclsRequest): DescribeNetworkAclsResult {
  ensureDefaultVpc(world);
  const { vpcs, subnets } = world.ec2;
  const all = new Map<string, NetworkAcl & { readonly id: string }>(
    [...vpcs.values()].map(({ id: vpcId, networkAclId: id }) => {
      const subnetIds = [...subnets.values()].filter((subnet) => subnet.vpcId === vpcId).map((subnet) => subnet.id);
      return [id, { id, vpcId, subnetIds, tags: {} }];
    }),
  );
  const { items, nextToken } = describeAll({
    all,
    ids: input.NetworkAclIds,
    missing: ['InvalidNetworkAclID.NotFound', 'networkAcl ID'],
    filters: input.Filters,
    fields: {
      'network-acl-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      default: () => ['true'],
      'association.subnet-id': ({ subnetIds }) => subnetIds,
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { NetworkAcls: items.map((acl) => shapeOf(world, acl)), NextToken: nextToken };
}

const LAST_RULE = 32_767;

function shapeOf(
  { accountId }: World,
  { id, vpcId, subnetIds }: NetworkAcl & { readonly id: string },
): NetworkAclShape {
  const entry = (Egress: boolean, RuleNumber: number): NetworkAclEntry => ({
    Egress,
    RuleNumber,
    RuleAction: RuleNumber === LAST_RULE ? 'deny' : 'allow',
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
  });
  return {
    NetworkAclId: id,
    VpcId: vpcId,
    OwnerId: accountId,
    IsDefault: true,
    Associations: subnetIds.map((SubnetId) => ({
      NetworkAclAssociationId: `aclassoc-0${SubnetId.slice(-16)}`,
      NetworkAclId: id,
      SubnetId,
    })),
    Entries: [entry(true, 100), entry(true, LAST_RULE), entry(false, 100), entry(false, LAST_RULE)],
    Tags: [],
  };
}
