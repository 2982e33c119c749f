import * as ec2 from '@aws-sdk/client-ec2';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { describeVpcAttribute, modifySubnetAttribute, modifyVpcAttribute } from './attributes.ts';
import { describeAvailabilityZones } from './availability-zones.ts';
import { deleteSecurityGroup, deleteSubnet, deleteVpc } from './deletions.ts';
import { describeNatGateways } from './describe-nat-gateways.ts';
import { describeSecurityGroups } from './describe-security-groups.ts';
import {
  allocateAddress,
  describeAddresses,
  describeAddressesAttribute,
  disassociateAddress,
  releaseAddress,
} from './elastic-ips.ts';
import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  describeInternetGateways,
  detachInternetGateway,
} from './internet-gateways.ts';
import { modifySecurityGroupRules } from './modify-security-group-rules.ts';
import { createNatGateway, deleteNatGateway } from './nat-gateways.ts';
import { describeNetworkAcls } from './network-acls.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';
import {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
} from './route-table-associations.ts';
import { createRouteTable, deleteRouteTable, describeRouteTables } from './route-tables.ts';
import { createRoute, deleteRoute, replaceRoute } from './routes.ts';
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
      DeleteVpc: (input: ec2.DeleteVpcRequest) => deleteVpc(world, input),
      DescribeVpcs: (input: ec2.DescribeVpcsRequest) => describeVpcs(world, input),
      DescribeVpcAttribute: (input: ec2.DescribeVpcAttributeRequest) => describeVpcAttribute(world, input),
      ModifyVpcAttribute: (input: ec2.ModifyVpcAttributeRequest) => modifyVpcAttribute(world, input),
      CreateSubnet: (input: ec2.CreateSubnetRequest) => createSubnet(world, input),
      DeleteSubnet: (input: ec2.DeleteSubnetRequest) => deleteSubnet(world, input),
      DescribeSubnets: (input: ec2.DescribeSubnetsRequest) => describeSubnets(world, input),
      ModifySubnetAttribute: (input: ec2.ModifySubnetAttributeRequest) => modifySubnetAttribute(world, input),
      CreateSecurityGroup: (input: ec2.CreateSecurityGroupRequest) => createSecurityGroup(world, input),
      DeleteSecurityGroup: (input: ec2.DeleteSecurityGroupRequest) => deleteSecurityGroup(world, input),
      DescribeSecurityGroups: (input: ec2.DescribeSecurityGroupsRequest) => describeSecurityGroups(world, input),
      DescribeSecurityGroupRules: (input: ec2.DescribeSecurityGroupRulesRequest) =>
        describeSecurityGroupRules(world, input),
      ModifySecurityGroupRules: (input: ec2.ModifySecurityGroupRulesRequest) => modifySecurityGroupRules(world, input),
      CreateInternetGateway: (input: ec2.CreateInternetGatewayRequest) => createInternetGateway(world, input),
      AttachInternetGateway: (input: ec2.AttachInternetGatewayRequest) => attachInternetGateway(world, input),
      DetachInternetGateway: (input: ec2.DetachInternetGatewayRequest) => detachInternetGateway(world, input),
      DeleteInternetGateway: (input: ec2.DeleteInternetGatewayRequest) => deleteInternetGateway(world, input),
      DescribeInternetGateways: (input: ec2.DescribeInternetGatewaysRequest) => describeInternetGateways(world, input),
      AllocateAddress: (input: ec2.AllocateAddressRequest) => allocateAddress(world, input),
      ReleaseAddress: (input: ec2.ReleaseAddressRequest) => releaseAddress(world, input),
      DisassociateAddress: (input: ec2.DisassociateAddressRequest) => disassociateAddress(world, input),
      DescribeAddresses: (input: ec2.DescribeAddressesRequest) => describeAddresses(world, input),
      DescribeAddressesAttribute: (input: ec2.DescribeAddressesAttributeRequest) =>
        describeAddressesAttribute(world, input),
      CreateNatGateway: (input: ec2.CreateNatGatewayRequest) => createNatGateway(world, input),
      DeleteNatGateway: (input: ec2.DeleteNatGatewayRequest) => deleteNatGateway(world, input),
      DescribeNatGateways: (input: ec2.DescribeNatGatewaysRequest) => describeNatGateways(world, input),
      CreateRouteTable: (input: ec2.CreateRouteTableRequest) => createRouteTable(world, input),
      DeleteRouteTable: (input: ec2.DeleteRouteTableRequest) => deleteRouteTable(world, input),
      DescribeRouteTables: (input: ec2.DescribeRouteTablesRequest) => describeRouteTables(world, input),
      CreateRoute: (input: ec2.CreateRouteRequest) => createRoute(world, input),
      ReplaceRoute: (input: ec2.ReplaceRouteRequest) => replaceRoute(world, input),
      DeleteRoute: (input: ec2.DeleteRouteRequest) => deleteRoute(world, input),
      AssociateRouteTable: (input: ec2.AssociateRouteTableRequest) => associateRouteTable(world, input),
      DisassociateRouteTable: (input: ec2.DisassociateRouteTableRequest) => disassociateRouteTable(world, input),
      ReplaceRouteTableAssociation: (input: ec2.ReplaceRouteTableAssociationRequest) =>
        replaceRouteTableAssociation(world, input),
      DescribeNetworkAcls: (input: ec2.DescribeNetworkAclsRequest) => describeNetworkAcls(world, input),
      DescribeNetworkInterfaces: (input: ec2.DescribeNetworkInterfacesRequest) =>
        describeNetworkInterfaces(world, input),
      DescribeAvailabilityZones: (input: ec2.DescribeAvailabilityZonesRequest) =>
        describeAvailabilityZones(world, input),
      CreateTags: (input: ec2.CreateTagsRequest) => createTags(world, input),
      DeleteTags: (input: ec2.DeleteTagsRequest) => deleteTags(world, input),
      AuthorizeSecurityGroupIngress: (input: ec2.AuthorizeSecurityGroupIngressRequest) =>
        authorize(world, 'ingress', input),
      AuthorizeSecurityGroupEgress: (input: ec2.AuthorizeSecurityGroupEgressRequest) =>
        authorize(world, 'egress', input),
      RevokeSecurityGroupIngress: (input: ec2.RevokeSecurityGroupIngressRequest) => revoke(world, 'ingress', input),
      RevokeSecurityGroupEgress: (input: ec2.RevokeSecurityGroupEgressRequest) => revoke(world, 'egress', input),
    },
  };
}
