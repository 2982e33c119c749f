import { describeCluster, listClusters, type Rds } from './clusters.ts';

/** Copy-on-write clones of one source and their clones; the next is silently a full copy (Aurora User Guide, cloning). */
export const CLONE_LIMIT = 15;

export interface CloneBudget {
  readonly clones: number;
  readonly limit: typeof CLONE_LIMIT;
}

/** How many of a source's clones are there, ones being made or deleted included. A source that is not there has none. */
export async function countClones(rds: Rds, sourceIdentifier: string): Promise<CloneBudget> {
  const group = (await describeCluster(rds, sourceIdentifier))?.CloneGroupId;
  if (group === undefined) {
    return { clones: 0, limit: CLONE_LIMIT };
  }
  const members = (await listClusters(rds)).filter(({ CloneGroupId }) => CloneGroupId === group);
  return { clones: members.filter((one) => one.DBClusterIdentifier !== sourceIdentifier).length, limit: CLONE_LIMIT };
}
