import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { AwsSimulator } from '../../../../sim/aws/server.ts';
import type { SteppedClock } from '../../../../sim/clock.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

export interface SmallNetwork {
  readonly aws: AwsSimulator;
  readonly clock: SteppedClock;
  readonly ec2: EC2Client;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly InternetGatewayId: string;
}

/** A VPC with one subnet and an internet gateway. */
export async function startSmallNetwork(): Promise<SmallNetwork> {
  const { aws, clock, client } = await startSteppedAws();
  const ec2 = new EC2Client(client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
  return { aws, clock, ec2, VpcId, SubnetId: Subnet?.SubnetId ?? '', InternetGatewayId };
}
