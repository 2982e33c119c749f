import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  type CreateRuleCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsSimulator } from '../../../../sim/aws/server.ts';
import type { SteppedClock } from '../../../../sim/clock.ts';
import { type AwsClientOptions, startSteppedAws } from '../../../support/aws-simulator.ts';

export interface SharedLoadBalancer {
  readonly aws: AwsSimulator;
  readonly clock: SteppedClock;
  readonly client: AwsClientOptions;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly loadBalancerArn: string;
  readonly dnsName: string;
  readonly canonicalZoneId: string;
  /** HTTP on port 80; its default answer is a plain 404. */
  readonly listenerArn: string;
  createTargetGroup(input: Partial<CreateTargetGroupCommandInput> & { Name: string }): Promise<string>;
  createRule(input: Partial<CreateRuleCommandInput> & { Priority: number }): Promise<string>;
}

export const NOT_FOUND_ACTION = {
  Type: 'fixed-response' as const,
  FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'no such preview' },
};

/** An account with an active load balancer, as Terraform would have left it for Mayfly. */
export async function startWithLoadBalancer(): Promise<SharedLoadBalancer> {
  const { aws, clock, client } = await startSteppedAws({ rateLimits: false });
  const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({}));
  const subnetIds = Subnets.map(({ SubnetId = '' }) => SubnetId);
  const vpcId = Subnets[0]?.VpcId ?? '';
  const elb = new ElasticLoadBalancingV2Client(client);
  const loadBalancer = await createLoadBalancer(elb, subnetIds);
  clock.advance(aws.world.durations.loadBalancerActive);
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancer.loadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [NOT_FOUND_ACTION],
    }),
  );
  const listenerArn = Listeners?.[0]?.ListenerArn ?? '';
  return {
    aws,
    clock,
    client,
    elb,
    vpcId,
    subnetIds,
    ...loadBalancer,
    listenerArn,
    async createTargetGroup(input) {
      const { TargetGroups } = await elb.send(
        new CreateTargetGroupCommand({ Protocol: 'HTTP', Port: 8080, VpcId: vpcId, TargetType: 'ip', ...input }),
      );
      return TargetGroups?.[0]?.TargetGroupArn ?? '';
    },
    async createRule(input) {
      const { Rules } = await elb.send(
        new CreateRuleCommand({
          ListenerArn: listenerArn,
          Conditions: [{ Field: 'host-header', Values: ['api.pr-7.ephemeral.example'] }],
          Actions: [NOT_FOUND_ACTION],
          ...input,
        }),
      );
      return Rules?.[0]?.RuleArn ?? '';
    },
  };
}

async function createLoadBalancer(
  elb: ElasticLoadBalancingV2Client,
  subnetIds: string[],
): Promise<Pick<SharedLoadBalancer, 'loadBalancerArn' | 'dnsName' | 'canonicalZoneId'>> {
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: 'shared', Subnets: subnetIds }));
  const [loadBalancer] = LoadBalancers ?? [];
  return {
    loadBalancerArn: loadBalancer?.LoadBalancerArn ?? '',
    dnsName: loadBalancer?.DNSName ?? '',
    canonicalZoneId: loadBalancer?.CanonicalHostedZoneId ?? '',
  };
}

/** The name of the error a call was refused with, undefined for one that was accepted. */
export async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  return await call.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
