import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';

interface Resource {
  readonly id: string;
  tags: Tags;
}

/** What kinds of resources there are. */
interface ResourceKind {
  /** As tag specifications and ARNs call it. */
  readonly kind: string;
  readonly prefix: string;
  /** The code for an id that does not exist and how the message calls it. */
  readonly missing: readonly [code: string, what: string];
  readonly all: (world: World) => Map<string, Resource>;
}

/** Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const missing = {
  vpc: ['InvalidVpcID.NotFound', 'vpc ID'],
  subnet: ['InvalidSubnetID.NotFound', 'subnet ID'],
  securityGroup: ['InvalidGroup.NotFound', 'security group'],
  securityGroupRule: ['InvalidSecurityGroupRuleId.NotFound', 'security group rule ID'],
  networkInterface: ['InvalidNetworkInterfaceID.NotFound', 'networkInterface ID'],
  internetGateway: ['InvalidInternetGatewayID.NotFound', 'internetGateway ID'],
  elasticIp: ['InvalidAllocationID.NotFound', 'allocation ID'],
  natGateway: ['NatGatewayNotFound', 'NAT gateway'],
  routeTable: ['InvalidRouteTableID.NotFound', 'routeTable ID'],
} as const;

export const resourceKinds: readonly ResourceKind[] = [
  { kind: 'vpc', prefix: 'vpc-', missing: missing.vpc, all: ({ ec2 }) => ec2.vpcs },
  { kind: 'subnet', prefix: 'subnet-', missing: missing.subnet, all: ({ ec2 }) => ec2.subnets },
  { kind: 'security-group', prefix: 'sg-', missing: missing.securityGroup, all: ({ ec2 }) => ec2.securityGroups },
  {
    kind: 'security-group-rule',
    prefix: 'sgr-',
    missing: missing.securityGroupRule,
    all: ({ ec2 }) => ec2.securityGroupRules,
  },
  {
    kind: 'network-interface',
    prefix: 'eni-',
    missing: missing.networkInterface,
    all: ({ ec2 }) => ec2.networkInterfaces,
  },
  {
    kind: 'internet-gateway',
    prefix: 'igw-',
    missing: missing.internetGateway,
    all: ({ ec2 }) => ec2.internetGateways,
  },
  { kind: 'elastic-ip', prefix: 'eipalloc-', missing: missing.elasticIp, all: ({ ec2 }) => ec2.elasticIps },
  { kind: 'natgateway', prefix: 'nat-', missing: missing.natGateway, all: ({ ec2 }) => ec2.natGateways },
  { kind: 'route-table', prefix: 'rtb-', missing: missing.routeTable, all: ({ ec2 }) => ec2.routeTables },
];
