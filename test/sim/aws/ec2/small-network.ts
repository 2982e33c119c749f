import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

export interface SmallNetwork {
  readonly ec2: EC2Client;
  readonly VpcId: string;
}

export async function startSmallNetwork(): Promise<SmallNetwork> {
  const { client } = await startSteppedAws();
  const ec2 = new EC2Client(client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  return { ec2, VpcId: Vpc?.VpcId ?? '' };
}
