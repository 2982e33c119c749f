import type {
  AttachInternetGatewayRequest,
  CreateInternetGatewayRequest,
  CreateInternetGatewayResult,
  DeleteInternetGatewayRequest,
  DescribeInternetGatewaysRequest,
  DescribeInternetGatewaysResult,
  DetachInternetGatewayRequest,
  InternetGateway as InternetGatewayShape,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';
import { existing, remove } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import type { InternetGateway } from './state.ts';
import { indexTags, tagList, tagsFor } from './tags.ts';
import { vpcNamed } from './vpcs.ts';

export function createInternetGateway(world: World, input: CreateInternetGatewayRequest): CreateInternetGatewayResult {
  const tags = tagsFor('internet-gateway', input.TagSpecifications);
  const gateway: InternetGateway = { id: `igw-0${world.uniqueHex(16)}`, vpcId: undefined, tags };
  world.ec2.internetGateways.set(gateway.id, gateway);
  indexTags(world, { kind: 'internet-gateway', ...gateway });
  return { InternetGateway: shapeOf(world, gateway) };
}

/** A VPC has at most one. */
export function attachInternetGateway(world: World, input: AttachInternetGatewayRequest): void {
  const { internetGateways } = world.ec2;
  const gateway = existing(internetGateways, input.InternetGatewayId, missing.internetGateway);
  const { id } = vpcNamed(world, input.VpcId ?? '');
  if (gateway.vpcId !== undefined) {
    throw new Refusal(
      'Resource.AlreadyAssociated',
      `resource ${gateway.id} is already attached to network ${gateway.vpcId}`,
    );
  }
  if ([...internetGateways.values()].some(({ vpcId }) => vpcId === id)) {
    throw new Refusal('InvalidParameterValue', `Network ${id} already has an internet gateway attached`);
  }
  gateway.vpcId = id;
}

export function detachInternetGateway(world: World, input: DetachInternetGatewayRequest): void {
  const gateway = existing(world.ec2.internetGateways, input.InternetGatewayId, missing.internetGateway);
  const vpcId = input.VpcId ?? '';
  if (gateway.vpcId !== vpcId) {
    throw new Refusal('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${vpcId}`);
  }
  const { elasticIps, networkInterfaces, subnets } = world.ec2;
  const isInVpc = (interfaceId: string): boolean =>
    subnets.get(networkInterfaces.get(interfaceId)?.subnetId ?? '')?.vpcId === vpcId;
  if ([...elasticIps.values()].some(({ association }) => association && isInVpc(association.networkInterfaceId))) {
    throw new Refusal(
      'DependencyViolation',
      `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
  }
  gateway.vpcId = undefined;
}

export function deleteInternetGateway(world: World, input: DeleteInternetGatewayRequest): void {
  const gateway = existing(world.ec2.internetGateways, input.InternetGatewayId, missing.internetGateway);
  if (gateway.vpcId !== undefined) {
    throw new Refusal(
      'DependencyViolation',
      `The internetGateway '${gateway.id}' has dependencies and cannot be deleted.`,
    );
  }
  remove(world, gateway.id);
}

export function describeInternetGateways(
  world: World,
  input: DescribeInternetGatewaysRequest,
): DescribeInternetGatewaysResult {
  ensureDefaultVpc(world);
  const { items, nextToken } = describeAll({
    all: world.ec2.internetGateways,
    ids: input.InternetGatewayIds,
    missing: missing.internetGateway,
    filters: input.Filters,
    fields: {
      'internet-gateway-id': ({ id }) => [id],
      'attachment.vpc-id': ({ vpcId }) => (vpcId === undefined ? [] : [vpcId]),
      'attachment.state': ({ vpcId }) => (vpcId === undefined ? [] : ['available']),
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { InternetGateways: items.map((gateway) => shapeOf(world, gateway)), NextToken: nextToken };
}

/** The state of an attachment is `available`, not `attached` (API reference, InternetGatewayAttachment). */
function shapeOf({ accountId }: World, { id, vpcId, tags }: InternetGateway): InternetGatewayShape {
  return {
    InternetGatewayId: id,
    OwnerId: accountId,
    // The SDK's enumeration is of the other attachments' states.
    Attachments: vpcId === undefined ? [] : [{ VpcId: vpcId, State: 'available' as 'attached' }],
    Tags: tagList(tags),
  };
}
