import type {
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  ModifySubnetAttributeRequest,
  ModifyVpcAttributeRequest,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { existing } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import { vpcNamed } from './vpcs.ts';

/** One attribute a call. */
export function describeVpcAttribute(
  world: World,
  { VpcId = '', Attribute }: DescribeVpcAttributeRequest,
): DescribeVpcAttributeResult {
  const vpc = vpcNamed(world, VpcId);
  switch (Attribute) {
    case 'enableDnsSupport':
      return { VpcId, EnableDnsSupport: { Value: vpc.dnsSupport } };
    case 'enableDnsHostnames':
      return { VpcId, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
    case 'enableNetworkAddressUsageMetrics':
      return { VpcId, EnableNetworkAddressUsageMetrics: { Value: false } };
    case undefined:
    default:
      throw new Refusal('InvalidParameterValue', `Value (${Attribute}) for parameter attribute is invalid.`);
  }
}

export function modifyVpcAttribute(world: World, input: ModifyVpcAttributeRequest): void {
  const vpc = vpcNamed(world, input.VpcId ?? '');
  if (input.EnableNetworkAddressUsageMetrics?.Value) {
    throw new Refusal('UnsupportedOperation', 'The local cloud has no network address usage metrics.');
  }
  vpc.dnsSupport = input.EnableDnsSupport?.Value ?? vpc.dnsSupport;
  vpc.dnsHostnames = input.EnableDnsHostnames?.Value ?? vpc.dnsHostnames;
}

/** Whether addresses are mapped is all of a subnet that can be changed here. */
export function modifySubnetAttribute(world: World, input: ModifySubnetAttributeRequest): void {
  const { SubnetId, MapPublicIpOnLaunch, ...others } = input;
  const subnet = existing(world.ec2.subnets, SubnetId, missing.subnet);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new Refusal('UnsupportedOperation', `The local cloud cannot change ${unknown} of a subnet.`);
  }
  subnet.mapsPublicIps = MapPublicIpOnLaunch?.Value ?? subnet.mapsPublicIps;
}
