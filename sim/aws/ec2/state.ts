import type { Tags } from '../tag-index.ts';

export interface Vpc {
  readonly id: string;
  readonly cidr: string;
  readonly isDefault: boolean;
  readonly networkAclId: string;
  dnsSupport: boolean;
  dnsHostnames: boolean;
  tags: Tags;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly availabilityZone: string;
  readonly isDefaultForZone: boolean;
  mapsPublicIps: boolean;
  tags: Tags;
}

export interface Permission {
  /** `tcp`, `udp`, `icmp` or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** Where it comes from (or goes to): an IPv4 or IPv6 range or another group. */
  readonly peer: { readonly cidr: string } | { readonly cidr6: string } | { readonly groupId: string };
  readonly description: string | undefined;
}

export interface SecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  tags: Tags;
}

export interface SecurityGroupRule {
  readonly id: string;
  readonly groupId: string;
  readonly direction: 'ingress' | 'egress';
  permission: Permission;
  tags: Tags;
}

export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly privateIp: string;
  readonly description: string;
  tags: Tags;
}

export interface InternetGateway {
  readonly id: string;
  vpcId: string | undefined;
  tags: Tags;
}

export interface ElasticIp {
  readonly id: string;
  readonly publicIp: string;
  /** What a NAT gateway uses it with. */
  association: { readonly id: string; readonly networkInterfaceId: string } | undefined;
  tags: Tags;
}

export interface NatGateway {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** None when it is private. */
  readonly allocationId: string | undefined;
  readonly networkInterfaceId: string;
  readonly privateIp: string;
  readonly publicIp: string | undefined;
  readonly createdAt: Date;
  deletedAt: Date | undefined;
  state: 'pending' | 'failed' | 'available' | 'deleting' | 'deleted';
  tags: Tags;
}

export interface Route {
  readonly cidr: string;
  readonly target: { readonly gatewayId: string } | { readonly natGatewayId: string };
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** Beside the `local` one, which every table has. */
  routes: readonly Route[];
  /** A subnet, or the VPC whose main table it is. */
  associations: readonly { readonly id: string; readonly subnetId: string | undefined }[];
  tags: Tags;
}

/** Everything EC2 holds in this account and Region. */
export interface Ec2State {
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly securityGroupRules: Map<string, SecurityGroupRule>;
  readonly networkInterfaces: Map<string, NetworkInterface>;
  readonly internetGateways: Map<string, InternetGateway>;
  readonly elasticIps: Map<string, ElasticIp>;
  readonly natGateways: Map<string, NatGateway>;
  readonly routeTables: Map<string, RouteTable>;
}

export function createEc2State(): Ec2State {
  return {
    vpcs: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    securityGroupRules: new Map(),
    networkInterfaces: new Map(),
    internetGateways: new Map(),
    elasticIps: new Map(),
    natGateways: new Map(),
    routeTables: new Map(),
  };
}
