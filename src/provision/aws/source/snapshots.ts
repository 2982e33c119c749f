import { type DBClusterSnapshot, DescribeDBClusterSnapshotsCommand } from '@aws-sdk/client-rds';
import type { SourceSnapshot } from '../../../domain/source.ts';
import type { Snapshots } from '../../../reconcile/source/ports.ts';
import type { Rds } from '../clusters.ts';
import { ask } from '../errors.ts';
import { allPages } from '../estate/reading.ts';

/**
 * Snapshots of one cluster, automated ones among them, whether or not it is still there; of another account's those that it
 * shares, which are listed for that type alone (DescribeDBClusterSnapshots, RDS API reference). `of`: its identifier or ARN.
 */
export function createSnapshots({ rds, of, accountId }: { rds: Rds; of: string; accountId: string }): Snapshots {
  const { account, cluster } = clusterIn(of, accountId);
  const which =
    account === accountId ? { DBClusterIdentifier: cluster } : { SnapshotType: 'shared', IncludeShared: true };

  return {
    async available() {
      const listed = await allPages(async (Marker) => {
        const page = await ask(
          `listing the snapshots of ${of}`,
          () => rds.send(new DescribeDBClusterSnapshotsCommand({ ...which, Marker })),
          { on: { 'not-found': () => undefined } },
        );
        return { items: page?.DBClusterSnapshots, next: page?.Marker };
      });
      return listed
        .filter(({ Status, DBClusterIdentifier, DBClusterSnapshotArn }) => {
          const isOfAccount = DBClusterSnapshotArn?.split(':')[4] === account;
          return Status === 'available' && isOfAccount && DBClusterIdentifier === cluster;
        })
        .flatMap(snapshotOf);
    },
  };
}

/** RDS stores identifiers in lower case. */
function clusterIn(of: string, accountId: string): { account: string; cluster: string } {
  const [arn, , , , account = accountId, , name] = of.split(':');
  return arn === 'arn' && name !== undefined
    ? { account, cluster: name.toLowerCase() }
    : { account: accountId, cluster: of.toLowerCase() };
}

function snapshotOf(found: DBClusterSnapshot): SourceSnapshot[] {
  const {
    DBClusterSnapshotArn: arn,
    DBClusterIdentifier: cluster,
    SnapshotCreateTime: takenAt,
    Engine: engine,
  } = found;
  return arn && cluster && takenAt && engine
    ? [{ arn, cluster, takenAt, engine, engineVersion: found.EngineVersion ?? '' }]
    : [];
}
