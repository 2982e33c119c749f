import type { DBCluster } from '@aws-sdk/client-rds';
import type { EnvironmentIdentity } from '../../domain/environment.ts';
import { TransientError } from '../../domain/failure.ts';
import { describeCluster, type Rds } from './clusters.ts';
import { claim, readTags } from './ownership.ts';

interface Owned {
  readonly spec: { readonly clusterIdentifier: string };
  readonly environment: EnvironmentIdentity;
}

/** The environment's clone. No password is set on anything that is not proven ours: `NameTaken`. */
export async function describeOwnCluster(rds: Rds, { spec, environment }: Owned): Promise<DBCluster> {
  const cluster = await describeCluster(rds, spec.clusterIdentifier);
  if (!cluster) {
    throw new TransientError('NotReady', `The database clone ${spec.clusterIdentifier} is not there.`);
  }
  claim({ what: `the cluster ${spec.clusterIdentifier}`, tags: readTags(cluster.TagList), environment });
  return cluster;
}
