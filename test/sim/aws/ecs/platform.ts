import {
  type ContainerDefinition,
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ensureDefaultVpc } from '../../../../sim/aws/ec2/default-vpc.ts';
import { addImage } from '../../../../sim/aws/ecr/pushing.ts';
import type { World } from '../../../../sim/aws/world.ts';
import type { SteppedClock } from '../../../../sim/clock.ts';
import { type AwsClientOptions, startSteppedAws } from '../../../support/aws-simulator.ts';

export const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const roles = {
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  taskRoleArn: 'arn:aws:iam::123456789012:role/task',
};

const pollSeconds = 5;

export interface Platform {
  readonly url: string;
  readonly client: AwsClientOptions;
  readonly world: World;
  readonly clock: SteppedClock;
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly subnets: string[];
  readonly vpcId: string;
  /** Moves time until the condition holds; fails after `withinSeconds` of the simulated clock. */
  until(holds: () => Promise<boolean>, withinSeconds?: number): Promise<void>;
}

/** A local AWS with a cluster `main`, the image `web:1`, and the default VPC. */
export async function startPlatform(): Promise<Platform> {
  const { aws, clock, client } = await startSteppedAws({ rateLimits: false });
  const ecs = new ECSClient(client);
  const vpc = ensureDefaultVpc(aws.world);
  await ecs.send(new CreateClusterCommand({ clusterName: 'main' }));
  addImage(aws.world, 'web', '1');
  return {
    url: aws.url,
    client,
    world: aws.world,
    clock,
    ecs,
    elb: new ElasticLoadBalancingV2Client(client),
    subnets: [...aws.world.ec2.subnets.keys()].slice(0, 2),
    vpcId: vpc.id,
    async until(holds, withinSeconds = 1200) {
      for (let waited = 0; waited <= withinSeconds; waited += pollSeconds) {
        if (await holds()) {
          return;
        }
        clock.advance(pollSeconds);
      }
      throw new Error(`did not come true within ${withinSeconds} simulated seconds: ${String(holds)}`);
    },
  };
}

export const webContainer: ContainerDefinition = {
  name: 'web',
  image: `${registry}/web:1`,
  portMappings: [{ containerPort: 8080 }],
};

/** Registers a Fargate task definition and returns its ARN. */
export async function registerTaskDefinition(
  { ecs }: Platform,
  changes: Partial<RegisterTaskDefinitionCommandInput> = {},
): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      ...roles,
      containerDefinitions: [webContainer],
      ...changes,
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

/** A target group of type `ip` with a fast health check, behind a rule of a load balancer unless told otherwise. */
export async function createTargetGroup(
  { elb, subnets, vpcId }: Platform,
  { name = 'web', attached = true, deregistrationDelay = 30 } = {},
): Promise<string> {
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: vpcId,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 2,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      HealthCheckPath: '/health',
    }),
  );
  const targetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: String(deregistrationDelay) }],
    }),
  );
  if (attached) {
    await putBehindLoadBalancer({ elb, subnets }, name, targetGroupArn);
  }
  return targetGroupArn;
}

async function putBehindLoadBalancer(
  { elb, subnets }: Pick<Platform, 'elb' | 'subnets'>,
  name: string,
  targetGroupArn: string,
): Promise<void> {
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: `${name}-lb`, Subnets: subnets, Type: 'application' }),
  );
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  await elb.send(
    new CreateRuleCommand({
      ListenerArn: Listeners?.[0]?.ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['web.example.org'] } }],
      Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    }),
  );
}

export async function createService(
  platform: Platform,
  changes: Partial<CreateServiceCommandInput> = {},
): Promise<Service> {
  const { service } = await platform.ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: platform.subnets } },
      ...changes,
    }),
  );
  return service ?? {};
}

export async function serviceNamed({ ecs }: Platform, name = 'web'): Promise<Service> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'main', services: [name] }));
  return services[0] ?? {};
}

/** All tasks ECS still remembers, running ones first. */
export async function allTasks({ ecs }: Platform): Promise<Task[]> {
  const found: Task[] = [];
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const { taskArns: tasks = [] } = await ecs.send(new ListTasksCommand({ cluster: 'main', desiredStatus }));
    if (tasks.length > 0) {
      found.push(...((await ecs.send(new DescribeTasksCommand({ cluster: 'main', tasks }))).tasks ?? []));
    }
  }
  return found;
}

/** What the test of stability sees: one deployment, as many tasks running as desired. */
export async function isStable(platform: Platform, name = 'web'): Promise<boolean> {
  const { deployments = [], runningCount, desiredCount } = await serviceNamed(platform, name);
  return deployments.length === 1 && runningCount === desiredCount && deployments[0]?.rolloutState === 'COMPLETED';
}

export const messagesOf = ({ events = [] }: Service): string[] => events.map(({ message = '' }) => message);
