import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteSubnetCommand,
  DescribeAddressesAttributeCommand,
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DetachInternetGatewayCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { type SmallNetwork, startSmallNetwork } from './small-network.ts';

const HOUR = 3600;

async function natIn({ ec2, SubnetId }: SmallNetwork) {
  const TagSpecifications = [{ ResourceType: 'elastic-ip' as const, Tags: [{ Key: 'Name', Value: 'out' }] }];
  const { AllocationId = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc', TagSpecifications }));
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
  const NatGatewayId = NatGateway?.NatGatewayId ?? '';
  const described = async () =>
    (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId] }))).NatGateways?.[0];
  const address = async () =>
    (await ec2.send(new DescribeAddressesCommand({ AllocationIds: [AllocationId] }))).Addresses?.[0];
  return { AllocationId, NatGatewayId, described, address };
}

describe('a NAT gateway', () => {
  it('is pending, available, deleting, deleted and at last forgotten', async () => {
    const network = await startSmallNetwork();
    const { NatGatewayId, described } = await natIn(network);
    expect((await described())?.State).toBe('pending');
    network.clock.advance(300);
    expect(await described()).toMatchObject({ State: 'available', VpcId: network.VpcId, ConnectivityType: 'public' });
    await network.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect((await described())?.State).toBe('deleting');
    network.clock.advance(300);
    expect((await described())?.State).toBe('deleted');
    network.clock.advance(HOUR);
    await expect(described()).rejects.toMatchObject({ name: 'NatGatewayNotFound' });
  });

  it('holds its address, its subnet and the way to the internet until it is deleted', async () => {
    const network = await startSmallNetwork();
    const { ec2, clock, VpcId, SubnetId, InternetGatewayId } = network;
    const { AllocationId, NatGatewayId, address } = await natIn(network);
    const { AssociationId } = (await address()) ?? {};
    expect(await address()).toMatchObject({ PrivateIpAddress: '10.0.0.4', Tags: [{ Key: 'Name', Value: 'out' }] });
    const release = new ReleaseAddressCommand({ AllocationId });
    const deleteSubnet = new DeleteSubnetCommand({ SubnetId });
    const detach = new DetachInternetGatewayCommand({ VpcId, InternetGatewayId });
    await expect(ec2.send(release)).rejects.toMatchObject({ name: 'InvalidIPAddress.InUse' });
    await expect(ec2.send(new DisassociateAddressCommand({ AssociationId }))).rejects.toMatchObject({
      name: 'AuthFailure',
    });
    await expect(ec2.send(deleteSubnet)).rejects.toMatchObject({ name: 'DependencyViolation' });
    await expect(ec2.send(detach)).rejects.toMatchObject({ name: 'DependencyViolation' });

    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    clock.advance(300);
    expect((await address())?.AssociationId).toBeUndefined();
    await ec2.send(release);
    await ec2.send(deleteSubnet);
    await ec2.send(detach);
    await expect(address()).rejects.toMatchObject({ name: 'InvalidAllocationID.NotFound' });
  });

  it('fails in a VPC without an internet gateway', async () => {
    const network = await startSmallNetwork();
    const { ec2, clock, VpcId, InternetGatewayId } = network;
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    const { described, address } = await natIn(network);
    clock.advance(300);
    expect(await described()).toMatchObject({ State: 'failed', FailureCode: 'Gateway.NotAttached' });
    expect((await address())?.AssociationId).toBeUndefined();
  });

  it('does not take an address that another has', async () => {
    const network = await startSmallNetwork();
    const { AllocationId } = await natIn(network);
    const again = new CreateNatGatewayCommand({ SubnetId: network.SubnetId, AllocationId });
    await expect(network.ec2.send(again)).rejects.toMatchObject({ name: 'Resource.AlreadyAssociated' });
  });
});

describe('an address', () => {
  it('is like no other and has no name in reverse DNS', async () => {
    const { ec2 } = await startSmallNetwork();
    const one = await ec2.send(new AllocateAddressCommand({}));
    const other = await ec2.send(new AllocateAddressCommand({}));
    expect(one.PublicIp).not.toBe(other.PublicIp);
    const AllocationIds = [one.AllocationId ?? ''];
    const named = await ec2.send(new DescribeAddressesAttributeCommand({ AllocationIds, Attribute: 'domain-name' }));
    expect(named.Addresses).toEqual([]);
  });
});
