import { ListTagsForCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateLogGroupCommand,
  ListTagsForResourceCommand as ListLogTagsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTagsForResourceCommand as ListEcsTagsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeTagsCommand,
  ModifyRuleCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  RestoreDBClusterToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { CreateSecretCommand, DescribeSecretCommand, UntagResourceCommand } from '@aws-sdk/client-secrets-manager';
import {
  DeleteParameterCommand,
  ListTagsForResourceCommand as ListSsmTagsCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import type { OutputsOf, ResourceKind, SpecOf } from '../../src/domain/resource.ts';
import { resourceName } from '../../src/domain/resource-name.ts';
import { TAG_KEYS } from '../../src/domain/tags.ts';
import type { Desired } from '../../src/reconcile/provisioner.ts';
import type { Scene } from './stage.ts';

type Tags = Readonly<Record<string, string | undefined>>;

/** One kind of resource, as the generic behaviours of the contract need to know it. */
export interface Specimen<K extends ResourceKind> {
  readonly kind: K;
  /** Sets up what it stands on and says what is wanted. */
  desire(scene: Scene): Promise<Desired<K>>;
  /** What has to happen beside it before it can be ready. */
  meanwhile?(scene: Scene, desired: Desired<K>): Promise<void>;
  /** The operation that creates it. */
  readonly creates: string;
  /** The tags it carries now. Without it, the kind cannot be tagged. */
  tags?(scene: Scene, desired: Desired<K>, outputs: Partial<OutputsOf<K>>): Promise<Tags>;
  /** Somebody else's, of that very name. Without it, there are no names to take. */
  plant?(scene: Scene, desired: Desired<K>): Promise<unknown>;
  /** Somebody changes it by hand. Without it, nothing that Mayfly asks for can change. */
  drift?(scene: Scene, desired: Desired<K>, outputs: OutputsOf<K>): Promise<unknown>;
  /** The name alone is enough to release it. */
  readonly releasedByName: boolean;
  /** What it did is remembered for a while after it is gone. */
  readonly leavesTrace?: boolean;
}

const LOG_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000001';

const logGroup: Specimen<'log-group'> = {
  kind: 'log-group',
  creates: 'CreateLogGroup',
  releasedByName: true,
  desire: async (scene) =>
    await Promise.resolve(scene.desire('log-group', 'api', { retentionDays: 7, kmsKeyId: LOG_KEY })),
  async tags({ clients }, _desired, { arn }) {
    return (await clients.logs.send(new ListLogTagsCommand({ resourceArn: arn }))).tags ?? {};
  },
  plant: async ({ clients }, { name }) => await clients.logs.send(new CreateLogGroupCommand({ logGroupName: name })),
  drift: async ({ clients }, { name }) =>
    await clients.logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: 30 })),
};

const secret: Specimen<'secret'> = {
  kind: 'secret',
  creates: 'CreateSecret',
  releasedByName: true,
  desire: async (scene) =>
    await Promise.resolve(scene.desire('secret', 'app', { copyFrom: 'app/source', set: { domain: 'pr.example' } })),
  tags: async (scene, { name }) => await secretTags(scene, name),
  plant: async ({ clients }, { name }) =>
    await clients.secrets.send(new CreateSecretCommand({ Name: name, SecretString: '{"theirs":"yes"}' })),
  drift: async ({ clients }, { name }) =>
    await clients.secrets.send(new UntagResourceCommand({ SecretId: name, TagKeys: [TAG_KEYS.contentHash] })),
};

async function secretTags({ clients }: Scene, name: string): Promise<Tags> {
  const { Tags = [] } = await clients.secrets.send(new DescribeSecretCommand({ SecretId: name }));
  return asTags(Tags);
}

const parameters: Specimen<'parameters'> = {
  kind: 'parameters',
  creates: 'PutParameter',
  releasedByName: true,
  desire: async (scene) =>
    await Promise.resolve(
      scene.desire('parameters', 'app', { copyFrom: '/app/source', set: { domain: 'pr.example', empty: '' } }),
    ),
  async tags({ clients }, { name }) {
    const found = await clients.ssm.send(
      new ListSsmTagsCommand({ ResourceType: 'Parameter', ResourceId: `${name}domain` }),
    );
    return asTags(found.TagList ?? []);
  },
  plant: async ({ clients }, { name }) =>
    await clients.ssm.send(new PutParameterCommand({ Name: `${name}domain`, Value: 'theirs', Type: 'String' })),
  drift: async ({ clients }, { name }) => await clients.ssm.send(new DeleteParameterCommand({ Name: `${name}token` })),
};

function cloneSpec({ platform }: Scene): SpecOf<'clone-cluster'> {
  return {
    sourceIdentifier: platform.sourceIdentifier,
    subnetGroup: platform.subnetGroup,
    securityGroupIds: [platform.databaseSecurityGroupId],
    parameterGroup: null,
    capacity: { min: 0, max: 2, autoPauseSeconds: 600 },
  };
}

const cloneCluster: Specimen<'clone-cluster'> = {
  kind: 'clone-cluster',
  creates: 'RestoreDBClusterToPointInTime',
  releasedByName: true,
  desire: async (scene) => await Promise.resolve(scene.desire('clone-cluster', 'db', cloneSpec(scene))),
  async tags({ clients }, { name }) {
    const found = await clients.rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: name }));
    return asTags(found.DBClusters?.[0]?.TagList ?? []);
  },
  plant: async ({ clients, platform }, { name }) =>
    await clients.rds.send(
      new RestoreDBClusterToPointInTimeCommand({
        DBClusterIdentifier: name,
        SourceDBClusterIdentifier: platform.sourceIdentifier,
        RestoreType: 'copy-on-write',
        UseLatestRestorableTime: true,
        DBSubnetGroupName: platform.subnetGroup,
        Tags: [{ Key: 'Name', Value: 'theirs' }],
      }),
    ),
  drift: async ({ clients }, { name }) =>
    await clients.rds.send(
      new ModifyDBClusterCommand({ DBClusterIdentifier: name, DeletionProtection: true, ApplyImmediately: true }),
    ),
};

const cloneInstance: Specimen<'clone-instance'> = {
  kind: 'clone-instance',
  creates: 'CreateDBInstance',
  releasedByName: true,
  async desire(scene) {
    const cluster = scene.desire('clone-cluster', 'db', cloneSpec(scene));
    const { engine } = await scene.settle(cluster);
    return scene.desire('clone-instance', 'db-1', { clusterIdentifier: cluster.name, engine });
  },
  async tags({ clients }, { name }) {
    const found = await clients.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }));
    return asTags(found.DBInstances?.[0]?.TagList ?? []);
  },
  plant: async ({ clients }, { name, spec }) =>
    await clients.rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: name,
        DBClusterIdentifier: spec.clusterIdentifier,
        DBInstanceClass: 'db.serverless',
        Engine: spec.engine,
      }),
    ),
};

const databaseCredentials: Specimen<'database-credentials'> = {
  kind: 'database-credentials',
  creates: 'CreateSecret',
  releasedByName: true,
  async desire(scene) {
    const cluster = scene.desire('clone-cluster', 'db', cloneSpec(scene));
    const { endpoint, port } = await scene.settle(cluster);
    const spec = { clusterIdentifier: cluster.name, endpoint, port, databaseName: 'app' };
    return scene.desire('database-credentials', 'db-login', spec);
  },
  tags: async (scene, { name }) => await secretTags(scene, name),
  plant: async ({ clients }, { name }) =>
    await clients.secrets.send(new CreateSecretCommand({ Name: name, SecretString: '{"theirs":"yes"}' })),
  drift: async ({ clients }, { name }) =>
    await clients.secrets.send(new UntagResourceCommand({ SecretId: name, TagKeys: [TAG_KEYS.appliedTo] })),
};

const databaseUser: Specimen<'database-user'> = {
  kind: 'database-user',
  creates: 'CreateSecret',
  releasedByName: true,
  async desire(scene) {
    const master = await databaseCredentials.desire(scene);
    await scene.settle(master);
    const spec = { ...master.spec, masterSecretName: master.name, userName: 'mayfly_pr_7' };
    return scene.desire('database-user', 'db-user', spec);
  },
  tags: async (scene, { name }) => await secretTags(scene, name),
  plant: async ({ clients }, { name }) =>
    await clients.secrets.send(new CreateSecretCommand({ Name: name, SecretString: '{"theirs":"yes"}' })),
  drift: async ({ clients }, { name }) =>
    await clients.secrets.send(new UntagResourceCommand({ SecretId: name, TagKeys: [TAG_KEYS.appliedTo] })),
};

const certificate: Specimen<'certificate'> = {
  kind: 'certificate',
  creates: 'RequestCertificate',
  releasedByName: true,
  async desire(scene) {
    const domainName = `${scene.environment.name}.${zoneOf(scene)}`;
    const idempotencyToken = `c${scene.environment.pullRequest.number}`;
    return await Promise.resolve(
      scene.desire('certificate', 'hosts', { domainName, alternativeNames: [`*.${domainName}`], idempotencyToken }),
    );
  },
  async meanwhile(scene, desired) {
    const validationRecords = await shownRecords(scene, desired);
    const records = validationRecords.map(({ name, value }) => ({
      name,
      type: 'CNAME' as const,
      target: { values: [value], ttlSeconds: 60 },
    }));
    await scene.settle(scene.desire('dns-records', 'validation', { zoneId: scene.platform.zoneId, records }));
  },
  async tags({ clients }, _desired, { arn }) {
    const found = await clients.acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
    return asTags(found.Tags ?? []);
  },
};

function zoneOf({ platform }: Scene): string {
  return platform.zoneName;
}

async function shownRecords(
  scene: Scene,
  desired: Desired<'certificate'>,
): Promise<OutputsOf<'certificate'>['validationRecords']> {
  const provisioner = scene.provisioner('certificate');
  const look = async () => {
    const observed = await provisioner.observe(desired);
    return observed.state === 'absent' ? await provisioner.ensure(desired, observed) : observed;
  };
  for (let looks = 0; looks < 50; looks += 1) {
    const reached = await scene.eventually(look);
    const records = reached.state === 'absent' ? undefined : reached.outputs.validationRecords;
    if (records) {
      return records;
    }
    scene.clock.advance(3);
  }
  throw new Error('the certificate never showed its records');
}

const listenerCertificate: Specimen<'listener-certificate'> = {
  kind: 'listener-certificate',
  creates: 'AddListenerCertificates',
  releasedByName: false,
  async desire(scene) {
    const wanted = await certificate.desire(scene);
    await certificate.meanwhile?.(scene, wanted);
    const { arn } = await scene.settle(wanted);
    const spec = { listenerArn: scene.platform.httpsListenerArn, certificateArn: arn };
    return scene.desire('listener-certificate', 'hosts', spec);
  },
};

const dnsRecords: Specimen<'dns-records'> = {
  kind: 'dns-records',
  creates: 'ChangeResourceRecordSets',
  releasedByName: false,
  async desire(scene) {
    const { platform, environment } = scene;
    const own = `${environment.name}.${platform.zoneName}`;
    const alias = { dnsName: platform.loadBalancerDnsName, zoneId: platform.loadBalancerZoneId };
    return await Promise.resolve(
      scene.desire('dns-records', 'hosts', {
        zoneId: platform.zoneId,
        records: [
          { name: own, type: 'A', target: { alias } },
          { name: `api.${own}`, type: 'A', target: { alias } },
          { name: `*.${own}`, type: 'A', target: { alias } },
          { name: `db.${own}`, type: 'CNAME', target: { values: ['db.internal.example'], ttlSeconds: 60 } },
        ],
      }),
    );
  },
  drift: async ({ clients, platform, environment }) =>
    await clients.route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: platform.zoneId,
        ChangeBatch: {
          Changes: [
            {
              Action: 'UPSERT',
              ResourceRecordSet: {
                Name: `db.${environment.name}.${platform.zoneName}`,
                Type: 'CNAME',
                TTL: 60,
                ResourceRecords: [{ Value: 'elsewhere.example' }],
              },
            },
          ],
        },
      }),
    ),
};

export function targetGroupSpec({ platform }: Scene): SpecOf<'target-group'> {
  return {
    port: 8080,
    vpcId: platform.vpcId,
    healthCheck: {
      path: '/health',
      matcher: '200-399',
      intervalSeconds: 5,
      timeoutSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    },
    deregistrationDelaySeconds: 5,
  };
}

const targetGroup: Specimen<'target-group'> = {
  kind: 'target-group',
  creates: 'CreateTargetGroup',
  releasedByName: true,
  desire: async (scene) => await Promise.resolve(scene.desire('target-group', 'api', targetGroupSpec(scene))),
  tags: async (scene, _desired, { arn }) => await elbTagsOf(scene, arn),
  plant: async ({ clients }, { name, spec }) =>
    // The very settings: AWS answers such a create with success, whoever made it.
    await clients.elb.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: 'HTTP',
        Port: spec.port,
        VpcId: spec.vpcId,
        TargetType: 'ip',
      }),
    ),
  drift: async ({ clients }, _desired, { arn }) =>
    await clients.elb.send(
      new ModifyTargetGroupCommand({
        TargetGroupArn: arn,
        HealthCheckPath: '/elsewhere',
        Matcher: { HttpCode: '418' },
      }),
    ),
};

async function elbTagsOf({ clients }: Scene, arn: string | undefined): Promise<Tags> {
  const found = await clients.elb.send(new DescribeTagsCommand({ ResourceArns: arn === undefined ? [] : [arn] }));
  return asTags(found.TagDescriptions?.[0]?.Tags ?? []);
}

export function ruleSpec({ platform, environment }: Scene, targetGroupArn: string): SpecOf<'listener-rule'> {
  const hosts = [`api.${environment.name}.${platform.zoneName}`];
  return { listenerArn: platform.httpListenerArn, hosts, sourceCidrs: ['10.0.0.0/8'], targetGroupArn };
}

const listenerRule: Specimen<'listener-rule'> = {
  kind: 'listener-rule',
  creates: 'CreateRule',
  releasedByName: true,
  async desire(scene) {
    const { arn } = await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
    return scene.desire('listener-rule', 'api', ruleSpec(scene, arn));
  },
  tags: async (scene, _desired, { arn }) => await elbTagsOf(scene, arn),
  drift: async ({ clients }, _desired, { arn }) =>
    await clients.elb.send(
      new ModifyRuleCommand({
        RuleArn: arn,
        Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['elsewhere.example'] } }],
      }),
    ),
};

/** Somebody else's rule for the environment's host: there are no names to take, but hosts. */
export async function plantRule(
  { clients, platform }: Scene,
  { spec }: Desired<'listener-rule'>,
  priority = 40_000,
): Promise<void> {
  await clients.elb.send(
    new CreateRuleCommand({
      ListenerArn: platform.httpListenerArn,
      Priority: priority,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: [...spec.hosts] } }],
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }],
    }),
  );
}

/** Of every container of an environment here. */
export function logGroupOf({ environment }: Scene): string {
  return resourceName({ platform: 'mayfly', environment, kind: 'log-group', service: 'api' });
}

export function taskContent(scene: Scene, image: string): SpecOf<'task-definition'>['content'] {
  const { platform, environment } = scene;
  const container = {
    name: 'api',
    image: `${platform.registry}/${image}`,
    essential: true,
    command: null,
    ports: [8080],
    environment: { STAGE: environment.name },
    secrets: {},
    logGroup: logGroupOf(scene),
    region: 'eu-west-1',
  };
  return {
    cpu: 256,
    memory: 512,
    architecture: 'ARM64',
    executionRoleArn: platform.executionRoleArn,
    taskRoleArn: null,
    containers: [container],
  };
}

const taskDefinition: Specimen<'task-definition'> = {
  kind: 'task-definition',
  creates: 'RegisterTaskDefinition',
  releasedByName: true,
  desire: async (scene) =>
    await Promise.resolve(scene.desire('task-definition', 'api', { content: taskContent(scene, 'app/api:head') })),
  async tags({ clients }, _desired, { arn }) {
    const found = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }));
    return asEcsTags(found.tags ?? []);
  },
  plant: async ({ clients }, { name }) =>
    await clients.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: name,
        containerDefinitions: [{ name: 'x', image: 'x', memory: 64 }],
      }),
    ),
  drift: async (scene, { name, environment, tags }) =>
    await scene.clients.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: name,
        containerDefinitions: [{ name: 'by-hand', image: environment.name, memory: 64 }],
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      }),
    ),
};

export async function serviceSpec(scene: Scene, image = 'app/api:head'): Promise<SpecOf<'service'>> {
  const { platform } = scene;
  await scene.settle(scene.desire('log-group', 'api', { retentionDays: 7, kmsKeyId: null }));
  const group = await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
  await scene.settle(scene.desire('listener-rule', 'api', ruleSpec(scene, group.arn)));
  const definition = await scene.settle(scene.desire('task-definition', 'api', { content: taskContent(scene, image) }));
  return {
    clusterArn: platform.clusterArn,
    taskDefinitionArn: definition.arn,
    desiredCount: 1,
    network: { subnetIds: platform.subnetIds, securityGroupIds: [platform.serviceSecurityGroupId] },
    loadBalancers: [{ targetGroupArn: group.arn, container: 'api', port: 8080 }],
    healthCheckGraceSeconds: 60,
    exec: false,
    redeploys: 0,
  };
}

const service: Specimen<'service'> = {
  kind: 'service',
  creates: 'CreateService',
  releasedByName: false,
  desire: async (scene) => scene.desire('service', 'api', await serviceSpec(scene)),
  async tags({ clients }, { name, spec }) {
    const { services = [] } = await clients.ecs.send(
      new DescribeServicesCommand({ cluster: spec.clusterArn, services: [name], include: ['TAGS'] }),
    );
    return asEcsTags(services[0]?.tags ?? []);
  },
  plant: async ({ clients }, { name, spec }) =>
    await clients.ecs.send(
      new CreateServiceCommand({
        cluster: spec.clusterArn,
        serviceName: name,
        taskDefinition: spec.taskDefinitionArn,
        desiredCount: 0,
        launchType: 'FARGATE',
        networkConfiguration: {
          awsvpcConfiguration: { subnets: spec.network.subnetIds, securityGroups: spec.network.securityGroupIds },
        },
      }),
    ),
  drift: async ({ clients }, { name, spec }) =>
    await clients.ecs.send(new UpdateServiceCommand({ cluster: spec.clusterArn, service: name, desiredCount: 2 })),
};

export async function oneOffSpec(scene: Scene): Promise<SpecOf<'one-off-task'>> {
  const { platform } = scene;
  await scene.settle(scene.desire('log-group', 'api', { retentionDays: 7, kmsKeyId: null }));
  const content = taskContent(scene, 'app/migrate:head');
  const definition = await scene.settle(scene.desire('task-definition', 'migrate', { content }));
  return {
    runKey: 'migrate-1',
    clusterArn: platform.clusterArn,
    taskDefinitionArn: definition.arn,
    network: { subnetIds: platform.subnetIds, securityGroupIds: [platform.serviceSecurityGroupId] },
    timeoutSeconds: 600,
    logGroup: logGroupOf(scene),
    container: 'api',
  };
}

const oneOffTask: Specimen<'one-off-task'> = {
  kind: 'one-off-task',
  creates: 'RunTask',
  releasedByName: false,
  leavesTrace: true,
  desire: async (scene) => scene.desire('one-off-task', 'migrate', await oneOffSpec(scene)),
  async tags({ clients }, { spec }, { taskArn }) {
    const { tasks = [] } = await clients.ecs.send(
      new DescribeTasksCommand({
        cluster: spec.clusterArn,
        tasks: taskArn === undefined ? [] : [taskArn],
        include: ['TAGS'],
      }),
    );
    const listed = await clients.ecs.send(new ListEcsTagsCommand({ resourceArn: tasks[0]?.taskArn }));
    return { ...asEcsTags(tasks[0]?.tags ?? []), ...asEcsTags(listed.tags ?? []) };
  },
};

function asTags(tags: readonly { Key?: string | undefined; Value?: string | undefined }[]): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value }) => [Key, Value]));
}

function asEcsTags(tags: readonly { key?: string | undefined; value?: string | undefined }[]): Tags {
  return Object.fromEntries(tags.map(({ key = '', value }) => [key, value]));
}

/** Every kind that owns something in AWS. */
export const SPECIMENS = {
  'log-group': logGroup,
  secret,
  parameters,
  'clone-cluster': cloneCluster,
  'clone-instance': cloneInstance,
  'database-credentials': databaseCredentials,
  'database-user': databaseUser,
  certificate,
  'listener-certificate': listenerCertificate,
  'dns-records': dnsRecords,
  'target-group': targetGroup,
  'listener-rule': listenerRule,
  'task-definition': taskDefinition,
  service,
  'one-off-task': oneOffTask,
};
