import * as ec2 from '@aws-sdk/client-ec2';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { describeAvailabilityZones } from './availability-zones.ts';
import { describeSecurityGroups } from './describe-security-groups.ts';
import { modifySecurityGroupRules } from './modify-security-group-rules.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';
import { authorize, revoke } from './rule-changes.ts';
import { describeSecurityGroupRules } from './rule-descriptions.ts';
import { createSecurityGroup } from './security-groups.ts';
import { createSubnet, describeSubnets } from './subnets.ts';
import { createTags, deleteTags } from './tags.ts';
import { createVpc, describeVpcs } from './vpcs.ts';

/** EC2 as far as a platform's network needs it. */
export function ec2Service(world: World): ServiceDefinition {
  return {
    signingName: 'ec2',
    protocol: 'ec2',
    sdk: ec2,
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    handlers: {
      CreateVpc: (input: ec2.CreateVpcRequest) => createVpc(world, input),
      CreateSubnet: (input: ec2.CreateSubnetRequest) => createSubnet(world, input),
      CreateSecurityGroup: (input: ec2.CreateSecurityGroupRequest) => createSecurityGroup(world, input),
      AuthorizeSecurityGroupIngress: (input: ec2.AuthorizeSecurityGroupIngressRequest) =>
        authorize(world, 'ingress', input),
      AuthorizeSecurityGroupEgress: (input: ec2.AuthorizeSecurityGroupEgressRequest) =>
        authorize(world, 'egress', input),
      RevokeSecurityGroupIngress: (input: ec2.RevokeSecurityGroupIngressRequest) => revoke(world, 'ingress', input),
      RevokeSecurityGroupEgress: (input: ec2.RevokeSecurityGroupEgressRequest) => revoke(world, 'egress', input),
      DescribeSecurityGroupRules: (input: ec2.DescribeSecurityGroupRulesRequest) =>
        describeSecurityGroupRules(world, input),
      ModifySecurityGroupRules: (input: ec2.ModifySecurityGroupRulesRequest) => modifySecurityGroupRules(world, input),
      CreateTags: (input: ec2.CreateTagsRequest) => createTags(world, input),
      DeleteTags: (input: ec2.DeleteTagsRequest) => deleteTags(world, input),
      DescribeVpcs: (input: ec2.DescribeVpcsRequest) => describeVpcs(world, input),
      DescribeSubnets: (input: ec2.DescribeSubnetsRequest) => describeSubnets(world, input),
      DescribeSecurityGroups: (input: ec2.DescribeSecurityGroupsRequest) => describeSecurityGroups(world, input),
      DescribeNetworkInterfaces: (input: ec2.DescribeNetworkInterfacesRequest) =>
        describeNetworkInterfaces(world, input),
      DescribeAvailabilityZones: (input: ec2.DescribeAvailabilityZonesRequest) =>
        describeAvailabilityZones(world, input),
    },
  };
}
