import { type DBInstance, DescribeDBInstancesCommand, type RDSClient } from '@aws-sdk/client-rds';
import type { Sender } from '../clients.ts';
import { listClusters } from '../clusters.ts';
import { ask } from '../errors.ts';
import { readTags } from '../ownership.ts';
import { allPages, type Reading, type TaggedThing } from './reading.ts';

/** Clusters and instances. RDS shows every one of the account with its tags. */
export async function readDatabases({ clients, scope }: Reading): Promise<TaggedThing[]> {
  const clusters = await listClusters(clients.rds);
  const instances = await listInstances(clients.rds);
  const named = (name: string | undefined): name is string => name?.startsWith(`${scope.name}-`) === true;
  const things = [
    ...clusters.map(({ DBClusterIdentifier: name, TagList }) => ({ kind: 'clone-cluster' as const, name, TagList })),
    ...instances.map(({ DBInstanceIdentifier: name, TagList }) => ({ kind: 'clone-instance' as const, name, TagList })),
  ];
  return things.flatMap(({ kind, name, TagList }) =>
    named(name)
      ? [{ kind, name, label: name, tags: readTags(TagList), isWitness: true, spec: null, recorded: null }]
      : [],
  );
}

async function listInstances(rds: Sender<RDSClient>): Promise<DBInstance[]> {
  return await allPages(async (Marker) => {
    const page = await ask('listing the instances', () => rds.send(new DescribeDBInstancesCommand({ Marker })));
    return { items: page.DBInstances, next: page.Marker };
  });
}
