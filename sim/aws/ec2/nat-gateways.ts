import type {
  CreateNatGatewayRequest,
  CreateNatGatewayResult,
  DeleteNatGatewayRequest,
  DeleteNatGatewayResult,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { natGatewayShape } from './describe-nat-gateways.ts';
import { existing, remove } from './lookup.ts';
import { attachNetworkInterface, releaseNetworkInterface } from './network-interfaces.ts';
import { missing } from './resource-kinds.ts';
import type { ElasticIp, NatGateway } from './state.ts';
import { indexTags, tagsFor } from './tags.ts';

export function createNatGateway(world: World, input: CreateNatGatewayRequest): CreateNatGatewayResult {
  const subnet = existing(world.ec2.subnets, input.SubnetId, missing.subnet);
  const address = addressFor(world, input);
  const tags = tagsFor('natgateway', input.TagSpecifications);
  const id = `nat-0${world.uniqueHex(16)}`;
  const description = `Interface for NAT Gateway ${id}`;
  const ownInterface = attachNetworkInterface(world, { subnetId: subnet.id, groupIds: [], description });
  const nat: NatGateway = {
    id,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    allocationId: address?.id,
    networkInterfaceId: ownInterface.id,
    privateIp: ownInterface.privateIp,
    publicIp: address?.publicIp,
    createdAt: world.clock.now(),
    deletedAt: undefined,
    state: 'pending',
    tags,
  };
  if (address) {
    address.association = { id: `eipassoc-0${world.uniqueHex(16)}`, networkInterfaceId: ownInterface.id };
  }
  world.ec2.natGateways.set(id, nat);
  indexTags(world, { kind: 'natgateway', ...nat });
  world.clock.after(world.durations.natGatewayAvailable, () => settle(world, nat));
  return { NatGateway: natGatewayShape(nat) };
}

function addressFor(world: World, { ConnectivityType, AllocationId }: CreateNatGatewayRequest): ElasticIp | undefined {
  if (ConnectivityType === 'private') {
    return undefined;
  }
  if (AllocationId === undefined) {
    throw new Refusal('MissingParameter', 'The request must contain the parameter AllocationId');
  }
  const address = existing(world.ec2.elasticIps, AllocationId, missing.elasticIp);
  if (address.association) {
    throw new Refusal('Resource.AlreadyAssociated', `resource ${address.id} is already associated.`);
  }
  return address;
}

/**
 * One for the internet fails in a VPC without a way there, and its address is free again.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
 */
function settle(world: World, nat: NatGateway): void {
  if (nat.state !== 'pending') {
    return;
  }
  const gateways = [...world.ec2.internetGateways.values()];
  if (nat.allocationId === undefined || gateways.some(({ vpcId }) => vpcId === nat.vpcId)) {
    nat.state = 'available';
    return;
  }
  nat.state = 'failed';
  leave(world, nat);
  world.clock.after(world.durations.natGatewayForgotten, () => remove(world, nat.id));
}

/**
 * Its address is free again once it is gone; its routes stay and lead nowhere.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNatGateway.html
 */
export function deleteNatGateway(world: World, { NatGatewayId }: DeleteNatGatewayRequest): DeleteNatGatewayResult {
  const nat = existing(world.ec2.natGateways, NatGatewayId, missing.natGateway);
  if (nat.state !== 'deleting' && nat.state !== 'deleted') {
    nat.state = 'deleting';
    world.clock.after(world.durations.natGatewayDeleted, () => {
      nat.state = 'deleted';
      nat.deletedAt = world.clock.now();
      leave(world, nat);
      world.clock.after(world.durations.natGatewayForgotten, () => remove(world, nat.id));
    });
  }
  return { NatGatewayId: nat.id };
}

function leave(world: World, nat: NatGateway): void {
  releaseNetworkInterface(world, nat.networkInterfaceId);
  const address = world.ec2.elasticIps.get(nat.allocationId ?? '');
  if (address?.association?.networkInterfaceId === nat.networkInterfaceId) {
    address.association = undefined;
  }
}
