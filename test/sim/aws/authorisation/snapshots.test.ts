import {
  CopyDBClusterSnapshotCommand,
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  ListTagsForResourceCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  RDSClient,
  RemoveTagsFromResourceCommand,
  RestoreDBClusterFromSnapshotCommand,
} from '@aws-sdk/client-rds';
import { expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const ACCOUNT = 'arn:aws:rds:eu-west-1:123456789012';
const DBClusterSnapshotIdentifier = 'Before';
const Tags = [{ Key: 'Purpose', Value: 'masking' }];
const snapshot = `${ACCOUNT}:cluster-snapshot:before`;
const theirs = 'arn:aws:rds:eu-west-1:210987654321:cluster-snapshot:theirs';

async function enforced(...statements: object[]) {
  const { aws, client } = await startSteppedAws();
  const Statement = statements.map((statement) => ({ Effect: 'Allow', ...statement }));
  aws.authorisation.enforce('worker', [JSON.stringify({ Version: '2012-10-17', Statement })]);
  return new RDSClient({ ...client, credentials: { accessKeyId: 'worker', secretAccessKey: 'x' } });
}

it.each([
  {
    action: 'CreateDBClusterSnapshot',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(
        new CreateDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier, DBClusterIdentifier: 'golden', Tags }),
      ),
    resources: [snapshot, `${ACCOUNT}:cluster:golden`],
  },
  {
    action: 'CopyDBClusterSnapshot',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(
        new CopyDBClusterSnapshotCommand({
          SourceDBClusterSnapshotIdentifier: theirs,
          TargetDBClusterSnapshotIdentifier: 'before',
        }),
      ),
    resources: [snapshot, theirs],
  },
  {
    action: 'DescribeDBClusterSnapshots',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: 'golden' })),
    resources: [`${ACCOUNT}:cluster-snapshot:*`, `${ACCOUNT}:cluster:golden`],
  },
  {
    action: 'DeleteDBClusterSnapshot',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier })),
    resources: [snapshot],
  },
  {
    action: 'ModifyDBClusterSnapshotAttribute',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(
        new ModifyDBClusterSnapshotAttributeCommand({ DBClusterSnapshotIdentifier, AttributeName: 'restore' }),
      ),
    resources: [snapshot],
  },
  {
    action: 'DescribeDBClusterSnapshotAttributes',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier })),
    resources: [snapshot],
  },
  {
    action: 'RestoreDBClusterFromSnapshot',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(
        new RestoreDBClusterFromSnapshotCommand({
          DBClusterIdentifier: 'masked',
          SnapshotIdentifier: theirs,
          Engine: 'aurora-mysql',
          Tags,
        }),
      ),
    resources: [
      `${ACCOUNT}:cluster:masked`,
      theirs,
      `${ACCOUNT}:cluster-pg:default`,
      `${ACCOUNT}:subgrp:default`,
      `${ACCOUNT}:og:default:aurora-mysql-8-0`,
    ],
  },
  {
    action: 'ListTagsForResource',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(new ListTagsForResourceCommand({ ResourceName: snapshot })),
    resources: [snapshot],
  },
  {
    action: 'RemoveTagsFromResource',
    ask: async (client: RDSClient): Promise<unknown> =>
      await client.send(new RemoveTagsFromResourceCommand({ ResourceName: snapshot, TagKeys: [] })),
    resources: [snapshot],
  },
])('$action is judged on exactly what it touches', async ({ action, ask, resources }) => {
  const statement = (Resource: readonly string[]) => [
    { Action: `rds:${action}`, Resource },
    { Action: 'rds:AddTagsToResource', Resource: '*' },
  ];
  const outcome = async (client: RDSClient) =>
    await ask(client).then(
      () => 'done',
      ({ name }: Error) => name,
    );
  expect(await outcome(await enforced(...statement(resources)))).not.toBe('AccessDenied');
  for (const missing of resources) {
    const fewer = resources.filter((resource) => resource !== missing);
    expect(await outcome(await enforced(...statement([...fewer, 'arn:aws:rds:::none'])))).toBe('AccessDenied');
  }
});
