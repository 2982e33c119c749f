import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeAvailabilityZonesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
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
  const vpcId = (await standingVpc(ec2, prefix)) ?? (await createVpc(ec2, prefix));
  const standing = await standingSubnets(ec2, vpcId);
  const subnetIds = standing.length > 0 ? standing : await createSubnets(ec2, { vpcId, prefix });
  const groups = await standingGroups(ec2, vpcId);
  const group = async (role: string, permissions: IpPermission[]): Promise<string> =>
    groups.get(`${prefix}-${role}`) ??
    (await createSecurityGroup(ec2, { vpcId, name: `${prefix}-${role}`, permissions }));
  const everyone = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const albSecurityGroupId = await group('alb', [
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...everyone },
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...everyone },
  ]);
  const serviceSecurityGroupId = await group('service', [from(albSecurityGroupId, { FromPort: 0, ToPort: 65_535 })]);
  const databaseSecurityGroupId = await group('database', [
    from(serviceSecurityGroupId, { FromPort: 3306, ToPort: 3306 }),
  ]);
  return { vpcId, subnetIds, albSecurityGroupId, serviceSecurityGroupId, databaseSecurityGroupId };
}

async function standingVpc(ec2: EC2Client, prefix: string): Promise<string | undefined> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  return Vpcs.find(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === 'Name' && Value === prefix))?.VpcId;
}

async function createVpc(ec2: EC2Client, prefix: string): Promise<string> {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: VPC_CIDR,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: prefix }] }],
    }),
  );
  return given(Vpc?.VpcId, 'a VPC id');
}

async function standingSubnets(ec2: EC2Client, vpcId: string): Promise<string[]> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  return Subnets.flatMap(({ VpcId, SubnetId }) => (VpcId === vpcId && SubnetId !== undefined ? [SubnetId] : []));
}

async function standingGroups(ec2: EC2Client, vpcId: string): Promise<Map<string | undefined, string>> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  return new Map(
    SecurityGroups.flatMap(({ VpcId, GroupName, GroupId }) =>
      VpcId === vpcId && GroupId !== undefined ? [[GroupName, GroupId]] : [],
    ),
  );
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

async function createSecurityGroup(
  ec2: EC2Client,
  { vpcId, name, permissions }: { vpcId: string; name: string; permissions: IpPermission[] },
): Promise<string> {
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }),
  );
  const id = given(GroupId, 'a security group id');
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: permissions }));
  return id;
}

function from(groupId: string, ports: { FromPort: number; ToPort: number }): IpPermission {
  return { IpProtocol: 'tcp', ...ports, UserIdGroupPairs: [{ GroupId: groupId }] };
}

/** What an answer must hold. Throws when it does not. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`AWS answered without ${what}`);
  }
  return value;
}
