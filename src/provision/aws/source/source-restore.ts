import { RestoreDBClusterFromSnapshotCommand } from '@aws-sdk/client-rds';
import type { SourceLook, WantedSource } from '../../../reconcile/source/ports.ts';
import type { Rds } from '../clusters.ts';
import { ask } from '../errors.ts';
import { toTagList } from '../ownership.ts';
import type { SourceMaking } from './source-making.ts';
import { sourceTags } from './source-tags.ts';

/** What is kept of a source is wasted, as it is made anew of a snapshot: the least that RDS takes. */
const BACKUP_DAYS = 1;

/**
 * A cluster without instances beside every other. It is of no clone group, so that its clones are counted from none. What RDS
 * would default to something else stands in the request (RestoreDBClusterFromSnapshot, RDS API reference).
 */
export async function restoreSource(
  rds: Rds,
  { id, snapshot }: WantedSource,
  making: SourceMaking,
): Promise<SourceLook> {
  const { platform, subnetGroup, securityGroupIds, parameterGroup, instanceClass, capacity } = making;
  const waits: SourceLook = { state: 'pending', resourceId: null, waitingFor: `the cluster ${id} (creating)` };
  return await ask<SourceLook, SourceLook>(
    `restoring ${snapshot.arn} as ${id}`,
    async () => {
      await rds.send(
        new RestoreDBClusterFromSnapshotCommand({
          DBClusterIdentifier: id,
          SnapshotIdentifier: snapshot.arn,
          Engine: snapshot.engine,
          ...(snapshot.engineVersion === '' ? {} : { EngineVersion: snapshot.engineVersion }),
          DBSubnetGroupName: subnetGroup,
          VpcSecurityGroupIds: [...securityGroupIds],
          ...(parameterGroup === undefined ? {} : { DBClusterParameterGroupName: parameterGroup }),
          ...(instanceClass === 'db.serverless'
            ? { ServerlessV2ScalingConfiguration: { MinCapacity: capacity.min, MaxCapacity: capacity.max } }
            : {}),
          DeletionProtection: false,
          CopyTagsToSnapshot: true,
          BackupRetentionPeriod: BACKUP_DAYS,
          EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
          Tags: toTagList(sourceTags({ platform, name: id })),
        }),
      );
      return waits;
    },
    {
      on: {
        'not-found': () => ({ state: 'no-snapshot' }),
        // Our own first attempt, of which we never heard, or somebody else's: its tags tell, the next time.
        'already-exists': () => waits,
        'wrong-state': () => ({ ...waits, waitingFor: `the snapshot ${snapshot.arn}` }),
      },
    },
  );
}
