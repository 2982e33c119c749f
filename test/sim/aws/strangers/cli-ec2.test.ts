import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

const words = (line: string): string[] => line.trim().split(/\s+/);

/** What the CLI prints of these calls. */
interface Printed {
  readonly Vpc?: { readonly VpcId: string };
  readonly Subnet?: { readonly SubnetId: string };
  readonly GroupId?: string;
  readonly InternetGateway?: { readonly InternetGatewayId: string };
  readonly RouteTable?: { readonly RouteTableId: string };
}

describeWithAwsCli('the AWS CLI and EC2', () => {
  it(
    'make a network with tags and find it again',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['ec2', ...words(line)]);
      const made = async (line: string): Promise<Printed> => (await cli(line)).json as Printed;

      const vpc = await made(
        'create-vpc --cidr-block 10.0.0.0/16 --tag-specifications ResourceType=vpc,Tags=[{Key=Name,Value=platform}]',
      );
      const vpcId = vpc.Vpc?.VpcId ?? '';
      const subnet = await made(`create-subnet --vpc-id ${vpcId} --cidr-block 10.0.1.0/24`);
      const group = await made(`create-security-group --vpc-id ${vpcId} --group-name db --description db`);
      const rule = await cli(
        `authorize-security-group-ingress --group-id ${group.GroupId} --protocol tcp --port 3306 --cidr 10.0.0.0/16`,
      );
      expect(rule).toMatchObject({ exitCode: 0, json: { Return: true } });

      const filters = `--filters Name=vpc-id,Values=${vpcId}`;
      const subnets = await cli(`describe-subnets ${filters}`);
      expect(subnets.json).toMatchObject({
        Subnets: [{ SubnetId: subnet.Subnet?.SubnetId, CidrBlock: '10.0.1.0/24', AvailableIpAddressCount: 251 }],
      });
      const groups = await cli(`describe-security-groups --group-ids ${group.GroupId}`);
      expect(groups.json).toMatchObject({
        SecurityGroups: [{ IpPermissions: [{ FromPort: 3306, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }] }],
      });
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'lead a subnet to the internet and take the way away again',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['ec2', ...words(line)]);
      const made = async (line: string): Promise<Printed> => (await cli(line)).json as Printed;

      const vpcId = (await made('create-vpc --cidr-block 10.0.0.0/16')).Vpc?.VpcId ?? '';
      const gateway = (await made('create-internet-gateway')).InternetGateway?.InternetGatewayId ?? '';
      const place = `--internet-gateway-id ${gateway} --vpc-id ${vpcId}`;
      await cli(`attach-internet-gateway ${place}`);
      const table = (await made(`create-route-table --vpc-id ${vpcId}`)).RouteTable?.RouteTableId ?? '';
      const route = `--route-table-id ${table} --destination-cidr-block 0.0.0.0/0`;
      expect(await cli(`create-route ${route} --gateway-id ${gateway}`)).toMatchObject({ json: { Return: true } });
      const tables = await cli(`describe-route-tables --route-table-ids ${table}`);
      expect(tables.json).toMatchObject({
        RouteTables: [{ Routes: [{ GatewayId: 'local' }, { GatewayId: gateway }] }],
      });

      expect((await cli(`delete-vpc --vpc-id ${vpcId}`)).stderr).toContain('DependencyViolation');
      for (const line of [
        `delete-route ${route}`,
        `delete-route-table --route-table-id ${table}`,
        `detach-internet-gateway ${place}`,
        `delete-internet-gateway --internet-gateway-id ${gateway}`,
        `delete-vpc --vpc-id ${vpcId}`,
      ]) {
        expect(await cli(line)).toMatchObject({ exitCode: 0 });
      }
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'read the code of what is missing',
    async () => {
      const { aws } = await startSteppedAws();
      const missing = await runAwsCli(aws.url, words('ec2 describe-vpcs --vpc-ids vpc-0'));
      expect([254, 255]).toContain(missing.exitCode);
      expect(missing.stderr).toContain(
        "An error occurred (InvalidVpcID.NotFound) when calling the DescribeVpcs operation: The vpc ID 'vpc-0' does not exist",
      );
    },
    CLI_TIMEOUT_MS,
  );
});
