import { type DBCluster, DescribeDBClustersCommand, type RDSClient } from '@aws-sdk/client-rds';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

export type Rds = Sender<RDSClient>;

/** Undefined only when RDS said `DBClusterNotFoundFault`. */
export async function describeCluster(rds: Rds, identifier: string): Promise<DBCluster | undefined> {
  const found = await ask(
    `describing the cluster ${identifier}`,
    () => rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier })),
    { on: { 'not-found': () => undefined } },
  );
  // RDS stores identifiers in lower case, and a read soon after a create was seen to answer with another cluster.
  return found?.DBClusters?.find((cluster) => cluster.DBClusterIdentifier === identifier.toLowerCase());
}

/** Every cluster of the account and Region. */
export async function listClusters(rds: Rds): Promise<DBCluster[]> {
  const clusters: DBCluster[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask('listing the clusters', () => rds.send(new DescribeDBClustersCommand({ Marker })));
    clusters.push(...(page.DBClusters ?? []));
    Marker = page.Marker;
  } while (Marker !== undefined && Marker !== '');
  return clusters;
}
