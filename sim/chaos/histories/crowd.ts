import { RestoreDBClusterToPointInTimeCommand } from '@aws-sdk/client-rds';
import type { LocalCloud } from '../../local/local-cloud.ts';

/** As many as a source has (Aurora User Guide, cloning). */
const CLONES_OF_A_SOURCE = 15;

/** Clones of somebody else's, so that so many are left of the source. To be made before the witness is called. */
export async function crowdSource({ clients, aws }: Pick<LocalCloud, 'clients' | 'aws'>, left: number): Promise<void> {
  const [source] = aws?.world.rds.clusters.values() ?? [];
  for (let other = 0; other < CLONES_OF_A_SOURCE - left; other += 1) {
    await clients.rds.send(
      new RestoreDBClusterToPointInTimeCommand({
        DBClusterIdentifier: `theirs-${other}`,
        SourceDBClusterIdentifier: source?.id ?? '',
        RestoreType: 'copy-on-write',
        UseLatestRestorableTime: true,
      }),
    );
  }
}
