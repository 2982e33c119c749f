import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand, type TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Change, ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { answerDataPlane } from '../../../../sim/aws/data-plane/answer.ts';
import type { DataPlaneRequest, DataPlaneResponse } from '../../../../sim/aws/data-plane/exchange.ts';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import { createZone } from '../acm/issued-certificate.ts';
import { type SharedLoadBalancer, startWithLoadBalancer } from '../elbv2/shared-load-balancer.ts';

export interface Preview extends SharedLoadBalancer {
  readonly zone: string;
  readonly targetGroupArn: string;
  /** Adds a record to the zone and waits for INSYNC. */
  addRecord(record: NonNullable<Change['ResourceRecordSet']>): Promise<void>;
  addAlias(name: string): Promise<void>;
  /** Runs so many tasks of an image that listens on 8080 behind the target group, and waits until they serve. */
  run(desiredCount: number): Promise<void>;
  scaleTo(desiredCount: number): Promise<void>;
  health(): Promise<(TargetHealth | undefined)[]>;
  get(request: Partial<DataPlaneRequest>): Promise<DataPlaneResponse>;
}

export const HOST = 'api.pr-7.ephemeral.example';

/** A zone, a target group checked every 5 s, and a rule for `HOST` that forwards to it. Nothing runs yet. */
export async function startPreview(): Promise<Preview> {
  const shared = await startWithLoadBalancer();
  const { aws, clock, client, elb, subnetIds } = shared;
  const zone = await createZone(shared, 'ephemeral.example');
  const targetGroupArn = await shared.createTargetGroup({
    Name: 'pr-7-api',
    HealthCheckIntervalSeconds: 5,
    HealthCheckTimeoutSeconds: 2,
    HealthyThresholdCount: 2,
    HealthCheckPath: '/healthz',
  });
  await shared.createRule({
    Priority: 10,
    Conditions: [{ Field: 'host-header', Values: [HOST] }],
    Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  });
  const ecs = new ECSClient(client);
  setBehaviour(aws.world, { image: 'api:1', startDelaySeconds: 0 });

  async function addRecord(ResourceRecordSet: NonNullable<Change['ResourceRecordSet']>): Promise<void> {
    const Changes = [{ Action: 'UPSERT' as const, ResourceRecordSet }];
    const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } });
    await new Route53Client(client).send(command);
    clock.advance(aws.world.durations.dnsInSync);
  }

  return {
    ...shared,
    zone,
    targetGroupArn,
    addRecord,
    async addAlias(Name) {
      const AliasTarget = {
        HostedZoneId: shared.canonicalZoneId,
        DNSName: shared.dnsName,
        EvaluateTargetHealth: false,
      };
      await addRecord({ Name, Type: 'A', AliasTarget });
    },
    async run(desiredCount) {
      await ecs.send(new CreateClusterCommand({ clusterName: 'previews' }));
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: 'pr-7-api',
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: '256',
          memory: '512',
          containerDefinitions: [{ name: 'api', image: 'api:1', portMappings: [{ containerPort: 8080 }] }],
        }),
      );
      await ecs.send(
        new CreateServiceCommand({
          cluster: 'previews',
          serviceName: 'pr-7-api',
          taskDefinition: 'pr-7-api',
          desiredCount,
          launchType: 'FARGATE',
          networkConfiguration: { awsvpcConfiguration: { subnets: [...subnetIds] } },
          loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 8080 }],
          healthCheckGracePeriodSeconds: 3600,
        }),
      );
      clock.advance(180);
    },
    async scaleTo(desiredCount) {
      await ecs.send(new UpdateServiceCommand({ cluster: 'previews', service: 'pr-7-api', desiredCount }));
    },
    async health() {
      const { TargetHealthDescriptions = [] } = await elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
      );
      return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth);
    },
    get: async (request) =>
      await answerDataPlane(aws.world, {
        listenerPort: 80,
        method: 'GET',
        host: HOST,
        path: '/',
        headers: {},
        sourceIp: '203.0.113.7',
        ...request,
      }),
  };
}
