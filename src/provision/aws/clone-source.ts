import type { DBCluster } from '@aws-sdk/client-rds';
import { CLONE_LIMIT } from '../../domain/budget.ts';
import { readCloneGroup } from './clone-group.ts';
import type { Rds } from './clusters.ts';

/** A source as it can be cloned now, or what has to come about first. */
export type CloneSource =
  | { readonly usable: true; readonly cluster: DBCluster }
  | { readonly usable: false; readonly waitingFor: string; readonly requeueAfterSeconds: number };

/** How often a source is looked at that somebody is refreshing, renaming or has stopped for the night. */
const SOURCE_RECHECK_SECONDS = 60;

/**
 * Whether the source can be cloned. None of the answers is a failure: a refresh renames the source and brings it back
 * hours later under the same name, a stopped one starts in the morning, and a spent budget frees itself.
 */
export async function cloneSource(rds: Rds, identifier: string): Promise<CloneSource> {
  const { source: cluster, clones } = await readCloneGroup(rds, identifier);
  if (!cluster) {
    return wait(`the source database ${identifier} (not there; it may be being refreshed)`);
  }
  if (cluster.Status !== 'available' && cluster.Status !== 'backing-up') {
    return wait(`the source database ${identifier} (${cluster.Status ?? 'state unknown'})`);
  }
  if ((cluster.DBClusterMembers ?? []).length === 0) {
    return wait(`the source database ${identifier} (it has no instance, and without one it cannot be cloned)`);
  }
  // Admission has promised a clone; only somebody else can have taken it since.
  if (clones.length >= CLONE_LIMIT) {
    return wait(
      `a clone of ${identifier} to go (${clones.length} of ${CLONE_LIMIT} used; one more would be a full copy)`,
    );
  }
  return { usable: true, cluster };
}

function wait(waitingFor: string): CloneSource {
  return { usable: false, waitingFor, requeueAfterSeconds: SOURCE_RECHECK_SECONDS };
}
