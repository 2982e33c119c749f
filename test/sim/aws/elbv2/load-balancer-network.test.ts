import { CreateSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeCapacityReservationCommand,
  DescribeLoadBalancersCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from '@jest/globals';
import { type SharedLoadBalancer, startWithLoadBalancer } from './shared-load-balancer.ts';

async function describedOf({ elb, loadBalancerArn }: SharedLoadBalancer) {
  const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [loadBalancerArn] }));
  return LoadBalancers?.[0];
}

it('security groups that exist replace the ones a load balancer had', async () => {
  const shared = await startWithLoadBalancer();
  const { elb, loadBalancerArn: LoadBalancerArn, vpcId: VpcId } = shared;
  const made = await new EC2Client(shared.client).send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'alb', Description: 'alb' }),
  );
  const SecurityGroups = [made.GroupId ?? ''];
  const set = async (groups: string[]) =>
    await elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: groups }));

  expect((await set(SecurityGroups)).SecurityGroupIds).toEqual(SecurityGroups);
  await expect(set(['sg-missing'])).rejects.toMatchObject({ name: 'InvalidSecurityGroupException' });
  await expect(set([])).rejects.toMatchObject({ name: 'ValidationError' });
  expect((await describedOf(shared))?.SecurityGroups).toEqual(SecurityGroups);
});

it('subnets of two zones replace the ones a load balancer had', async () => {
  const shared = await startWithLoadBalancer();
  const { elb, loadBalancerArn: LoadBalancerArn, subnetIds } = shared;
  const set = async (Subnets: string[]) => await elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets }));

  await set(subnetIds.slice(1));
  await expect(set(subnetIds.slice(0, 1))).rejects.toMatchObject({ name: 'ValidationError' });
  expect((await describedOf(shared))?.AvailabilityZones?.map(({ SubnetId }) => SubnetId)).toEqual(subnetIds.slice(1));
});

it('a load balancer has no capacity reserved', async () => {
  const { elb, loadBalancerArn: LoadBalancerArn } = await startWithLoadBalancer();
  const ask = async (arn: string) => await elb.send(new DescribeCapacityReservationCommand({ LoadBalancerArn: arn }));

  expect((await ask(LoadBalancerArn)).MinimumLoadBalancerCapacity).toBeUndefined();
  await expect(ask(`${LoadBalancerArn}0`)).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' });
});
