import type { DBCluster } from '@aws-sdk/client-rds';
import { listClusters, type Rds } from './clusters.ts';

export interface CloneGroup {
  /** Undefined when it is not there. */
  readonly source: DBCluster | undefined;
  /** Identifiers of its clones and theirs, ones being made or deleted included, whoever made them. */
  readonly clones: readonly string[];
}

/** A source and everything that was cloned from it, in one call for a hundred clusters of the account. */
export async function readCloneGroup(rds: Rds, sourceIdentifier: string): Promise<CloneGroup> {
  const clusters = await listClusters(rds);
  // RDS stores identifiers in lower case.
  const source = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === sourceIdentifier.toLowerCase());
  const group = source?.CloneGroupId;
  const clones = clusters.filter((one) => group !== undefined && one.CloneGroupId === group && one !== source);
  return { source, clones: clones.map(({ DBClusterIdentifier = '' }) => DBClusterIdentifier) };
}
