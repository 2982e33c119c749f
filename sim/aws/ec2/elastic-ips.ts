import type {
  Address,
  AllocateAddressRequest,
  AllocateAddressResult,
  DescribeAddressesAttributeRequest,
  DescribeAddressesAttributeResult,
  DescribeAddressesRequest,
  DescribeAddressesResult,
  DisassociateAddressRequest,
  ReleaseAddressRequest,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { addressAt, rangeOf } from './cidr.ts';
import { describeAll } from './describing.ts';
import { existing, remove } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import type { ElasticIp } from './state.ts';
import { indexTags, tagList, tagsFor } from './tags.ts';

/** Addresses for documentation, which nobody has (RFC 5737). */
const POOL = rangeOf('203.0.113.0/24');

export function allocateAddress(world: World, input: AllocateAddressRequest): AllocateAddressResult {
  const taken = new Set([...world.ec2.elasticIps.values()].map(({ publicIp }) => publicIp));
  const free = Array.from({ length: POOL.size - 2 }, (_, index) => addressAt(POOL, index + 1));
  const publicIp = free.find((address) => !taken.has(address));
  if (publicIp === undefined) {
    throw new Refusal('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
  }
  const tags = tagsFor('elastic-ip', input.TagSpecifications);
  const address: ElasticIp = { id: `eipalloc-0${world.uniqueHex(16)}`, publicIp, association: undefined, tags };
  world.ec2.elasticIps.set(address.id, address);
  indexTags(world, { kind: 'elastic-ip', ...address });
  return {
    AllocationId: address.id,
    PublicIp: publicIp,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: world.region,
  };
}

/** Refused while a NAT gateway has it. */
export function releaseAddress(world: World, { AllocationId }: ReleaseAddressRequest): void {
  const { id, publicIp, association } = existing(world.ec2.elasticIps, AllocationId, missing.elasticIp);
  if (association) {
    throw new Refusal('InvalidIPAddress.InUse', `Address ${publicIp} is in use.`);
  }
  remove(world, id);
}

/**
 * A NAT gateway does not give its primary address away, and nothing else has one here. The code is assumed.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateNatGatewayAddress.html
 */
export function disassociateAddress(world: World, { AssociationId }: DisassociateAddressRequest): void {
  if (![...world.ec2.elasticIps.values()].some(({ association }) => association?.id === AssociationId)) {
    throw new Refusal('InvalidAssociationID.NotFound', `The association ID '${AssociationId}' does not exist`);
  }
  throw new Refusal('AuthFailure', 'You do not have permission to access the specified resource.', { status: 403 });
}

export function describeAddresses(world: World, input: DescribeAddressesRequest): DescribeAddressesResult {
  const { items } = describeAll({
    all: world.ec2.elasticIps,
    ids: input.AllocationIds,
    missing: missing.elasticIp,
    filters: [...(input.Filters ?? []), ...(input.PublicIps ? [{ Name: 'public-ip', Values: input.PublicIps }] : [])],
    fields: {
      'allocation-id': ({ id }) => [id],
      'public-ip': ({ publicIp }) => [publicIp],
      'association-id': ({ association }) => (association ? [association.id] : []),
      'network-interface-id': ({ association }) => (association ? [association.networkInterfaceId] : []),
      domain: () => ['vpc'],
    },
    limit: undefined,
    token: undefined,
  });
  return { Addresses: items.map((address) => shapeOf(world, address)) };
}

/** The attribute is the name an address has in reverse DNS; none has one here. */
export function describeAddressesAttribute(
  world: World,
  input: DescribeAddressesAttributeRequest,
): DescribeAddressesAttributeResult {
  for (const id of input.AllocationIds ?? []) {
    existing(world.ec2.elasticIps, id, missing.elasticIp);
  }
  return { Addresses: [] };
}

function shapeOf(world: World, { id, publicIp, association, tags }: ElasticIp): Address {
  return {
    AllocationId: id,
    PublicIp: publicIp,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: world.region,
    AssociationId: association?.id,
    NetworkInterfaceId: association?.networkInterfaceId,
    NetworkInterfaceOwnerId: association && world.accountId,
    PrivateIpAddress: association && world.ec2.networkInterfaces.get(association.networkInterfaceId)?.privateIp,
    Tags: tagList(tags),
  };
}
