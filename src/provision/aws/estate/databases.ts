import { type DBInstance, DescribeDBInstancesCommand, type RDSClient } from '@aws-sdk/client-rds';
import { TAG_KEYS } from '../../../domain/tags.ts';
import type { Sender } from '../clients.ts';
import { listClusters } from '../clusters.ts';
import { ask } from '../errors.ts';
import { readTags, type Tags } from '../ownership.ts';
import { allPages, type Reading, type TaggedThing } from './reading.ts';

/**
 * Clusters and instances. RDS shows every one of the account with its tags. What somebody restored or renamed, whose tags
 * are of what it was, is left out: see `bearsItsName`.
 */
export async function readDatabases({ clients, scope }: Reading): Promise<TaggedThing[]> {
  const clusters = await listClusters(clients.rds);
  const instances = await listInstances(clients.rds);
  const named = (name: string | undefined): name is string => name?.startsWith(`${scope.name}-`) === true;
  const things = [
    ...clusters.map(({ DBClusterIdentifier: name, TagList }) => ({ kind: 'clone-cluster' as const, name, TagList })),
    ...instances.map(({ DBInstanceIdentifier: name, TagList }) => ({ kind: 'clone-instance' as const, name, TagList })),
  ];
  return things.flatMap(({ kind, name, TagList }) => {
    const tags = readTags(TagList);
    return named(name) && bearsItsName(name, tags)
      ? [{ kind, name, label: name, tags, isWitness: true, spec: null, recorded: null }]
      : [];
  });
}

/**
 * Whether a database is called as its tags say. What is restored can come by the tags of its source without anybody's
 * doing ("Restoring to a DB instance", resource tagging considerations, RDS User Guide), and Mayfly and Terraform tag each
 * database with its own name as they make it. So somebody else made one that is called otherwise, and it may be all that
 * is left of its data.
 */
export function bearsItsName(identifier: string, tags: Tags): boolean {
  return tags[TAG_KEYS.name]?.toLowerCase() === identifier.toLowerCase();
}

async function listInstances(rds: Sender<RDSClient>): Promise<DBInstance[]> {
  return await allPages(async (Marker) => {
    const page = await ask('listing the instances', () => rds.send(new DescribeDBInstancesCommand({ Marker })));
    return { items: page.DBInstances, next: page.Marker };
  });
}
