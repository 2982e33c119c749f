import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeAvailabilityZonesCommand,
  type EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';

export interface SeededNetwork {
  readonly vpcId: string;
  /** Three, each in an availability zone of its own. */
  readonly subnetIds: string[];
  readonly albSecurityGroupId: string;
  readonly serviceSecurityGroupId: string;
  readonly databaseSecurityGroupId: string;
}

const VPC_CIDR = '10.20.0.0/16';
const SUBNETS = 3;

export async function seedNetwork(ec2: EC2Client, prefix: string): Promise<SeededNetwork> {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: VPC_CIDR,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: prefix }] }],
    }),
  );
  const vpcId = given(Vpc?.VpcId, 'a VPC id');
  const subnetIds = await createSubnets(ec2, { vpcId, prefix });
  const group = async (role: string) => await createSecurityGroup(ec2, { vpcId, name: `${prefix}-${role}` });
  const albSecurityGroupId = await group('alb');
  const serviceSecurityGroupId = await group('service');
  const databaseSecurityGroupId = await group('database');
  const everyone = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await allow(ec2, albSecurityGroupId, [
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...everyone },
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...everyone },
  ]);
  await allow(ec2, serviceSecurityGroupId, [from(albSecurityGroupId, { FromPort: 0, ToPort: 65_535 })]);
  await allow(ec2, databaseSecurityGroupId, [from(serviceSecurityGroupId, { FromPort: 3306, ToPort: 3306 })]);
  return { vpcId, subnetIds, albSecurityGroupId, serviceSecurityGroupId, databaseSecurityGroupId };
}

async function createSubnets(ec2: EC2Client, { vpcId, prefix }: { vpcId: string; prefix: string }): Promise<string[]> {
  const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
  const ids: string[] = [];
  for (const [index, { ZoneName }] of AvailabilityZones.slice(0, SUBNETS).entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `10.20.${index * 16}.0/20`,
        AvailabilityZone: ZoneName,
        TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: `${prefix}-${ZoneName}` }] }],
      }),
    );
    ids.push(given(Subnet?.SubnetId, 'a subnet id'));
  }
  return ids;
}

async function createSecurityGroup(ec2: EC2Client, { vpcId, name }: { vpcId: string; name: string }): Promise<string> {
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }),
  );
  return given(GroupId, 'a security group id');
}

function from(groupId: string, ports: { FromPort: number; ToPort: number }): IpPermission {
  return { IpProtocol: 'tcp', ...ports, UserIdGroupPairs: [{ GroupId: groupId }] };
}

async function allow(ec2: EC2Client, groupId: string, permissions: IpPermission[]): Promise<void> {
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: permissions }));
}

/** What an answer must hold. Throws when it does not. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`AWS answered without ${what}`);
  }
  return value;
}
