import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RestoreDBClusterToPointInTimeCommand } from '@aws-sdk/client-rds';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { TAG_KEYS } from '../../src/domain/tags.ts';
import { plantRule, ruleSpec, SPECIMENS, targetGroupSpec } from '../contract/specimens.ts';
import type { Scene } from '../contract/stage.ts';

type Tags = Readonly<Record<string, string>>;

/** Tags as an environment's that is long over, but for one. */
export function wrongByOneTag(tags: Tags): Readonly<Record<string, Tags>> {
  const without = (key: string): Tags => Object.fromEntries(Object.entries(tags).filter(([name]) => name !== key));
  return {
    'without-mark': without(TAG_KEYS.ephemeralEnv),
    'other-mark': { ...tags, [TAG_KEYS.ephemeralEnv]: 'yes' },
    'other-tool': { ...tags, [TAG_KEYS.managedBy]: 'terraform' },
    'without-environment': without(TAG_KEYS.environment),
    'other-environment': { ...tags, [TAG_KEYS.environment]: 'pr-99999' },
    'other-repository': { ...tags, [TAG_KEYS.repository]: 'acme/other' },
    'without-pull-request': without(TAG_KEYS.pullRequest),
    'other-pull-request': { ...tags, [TAG_KEYS.pullRequest]: '99998' },
    'no-number': { ...tags, [TAG_KEYS.pullRequest]: 'seven' },
  };
}

/** Somebody else's things beside an environment: called as its own are, with all its tags but one, or none. */
export async function plantLookAlikes(scene: Scene): Promise<void> {
  await plantNeighbours(scene);
  await plantUntagged(scene);
  await plantUnproven(scene);
}

/** Those that leave room for the environment itself, whose names they do not take. */
export async function plantNeighbours(scene: Scene): Promise<void> {
  const { tags } = scene.desire('target-group', 'api', targetGroupSpec(scene));
  for (const [name, wrong] of Object.entries(wrongByOneTag(tags))) {
    await plantTagged(scene, name, wrong);
  }
  await plantOfAnotherPlatform(scene, tags);
  await plantNames(scene);
}

/** A secret that a blueprint named, of an environment that nothing says is of this platform. */
async function plantUnproven(scene: Scene): Promise<void> {
  const { clients, environment } = scene;
  const { tags } = scene.desire('target-group', 'api', targetGroupSpec(scene));
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await clients.secrets.send(new CreateSecretCommand({ Name: `app/${environment.name}`, SecretString: '{}', Tags }));
}

async function plantUntagged(scene: Scene): Promise<void> {
  for (const { desire, plant } of [SPECIMENS['log-group'], SPECIMENS.secret, SPECIMENS.parameters]) {
    await plant?.(scene, (await desire(scene)) as never);
  }
  for (const { desire, plant } of [
    SPECIMENS['target-group'],
    SPECIMENS['task-definition'],
    SPECIMENS['clone-cluster'],
  ]) {
    await plant?.(scene, (await desire(scene)) as never);
  }
  const group = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/none/0';
  await plantRule(scene, scene.desire('listener-rule', 'api', ruleSpec(scene, group)));
}

async function plantTagged({ clients, environment, platform }: Scene, name: string, tags: Tags): Promise<void> {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const called = `mayfly-${environment.name}-${name}`;
  await clients.logs.send(
    new CreateLogGroupCommand({ logGroupName: `/mayfly/mayfly/${environment.name}/${name}`, tags: { ...tags } }),
  );
  await clients.elb.send(
    new CreateTargetGroupCommand({
      Name: called.slice(0, 32).replace(/-$/, ''),
      Protocol: 'HTTP',
      Port: 80,
      VpcId: platform.vpcId,
      TargetType: 'ip',
      Tags: list,
    }),
  );
  await clients.secrets.send(
    new CreateSecretCommand({ Name: `mayfly/${environment.name}/${name}`, SecretString: '{}', Tags: list }),
  );
  await clients.ssm.send(
    new PutParameterCommand({ Name: `/mayfly/${environment.name}/${name}`, Value: 'x', Type: 'String', Tags: list }),
  );
}

/** All tags are right, and the names say that they are of other platforms: one of them is called as this one and more. */
async function plantOfAnotherPlatform({ clients, environment, platform }: Scene, tags: Tags): Promise<void> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await clients.rds.send(
    new RestoreDBClusterToPointInTimeCommand({
      DBClusterIdentifier: `other-${environment.name}`,
      SourceDBClusterIdentifier: platform.sourceIdentifier,
      RestoreType: 'copy-on-write',
      UseLatestRestorableTime: true,
      DBSubnetGroupName: platform.subnetGroup,
      Tags,
    }),
  );
  const Name = `mayfly-dev-${environment.name}-api`;
  await clients.elb.send(
    new CreateTargetGroupCommand({ Name, Protocol: 'HTTP', Port: 80, VpcId: platform.vpcId, TargetType: 'ip', Tags }),
  );
  const DomainName = `*.${environment.name}.dev.${platform.zoneName}`;
  await clients.acm.send(new RequestCertificateCommand({ DomainName, ValidationMethod: 'DNS', Tags }));
}

/** Names that only remind of an environment's, and at its own name a record of a type that Mayfly does not write. */
async function plantNames({ clients, clock, environment, platform }: Scene): Promise<void> {
  const zone = platform.zoneName;
  const address = { TTL: 60, ResourceRecords: [{ Value: '10.9.9.9' }] };
  const text = { TTL: 60, ResourceRecords: [{ Value: '"theirs"' }] };
  const sets = [
    { Name: `${environment.name}-notes.${zone}`, Type: 'A' as const, ...address },
    { Name: `notes-${environment.name}.${zone}`, Type: 'A' as const, ...address },
    { Name: `api.${environment.name}0.${zone}`, Type: 'A' as const, ...address },
    { Name: `${environment.name}.${zone}`, Type: 'TXT' as const, ...text },
  ];
  await clients.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: platform.zoneId,
      ChangeBatch: { Changes: sets.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })) },
    }),
  );
  // Route 53 takes one change of a zone at a time.
  clock.advance(60);
}
