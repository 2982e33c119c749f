import type { Durations } from '../aws/durations.ts';

/** Everything in the order of seconds: for runs in which what counts is what Mayfly makes of each state, not how long AWS stays in it. */
export const SHORT_DURATIONS: Partial<Durations> = {
  cloneClusterAvailable: 8,
  fullCopyClusterAvailable: 60,
  snapshotRestored: 12,
  snapshotCreated: 6,
  snapshotCopied: 4,
  instanceAvailable: 12,
  clusterModified: 3,
  modifyLag: 1,
  instanceDeleted: 15,
  clusterDeleted: 5,
  clusterStarted: 20,
  clusterStopped: 20,
  taskProvisioning: 2,
  taskPending: 4,
  taskActivating: 1,
  taskStopping: 1,
  taskDeprovisioning: 1,
  dnsInSync: 5,
  certificateIssued: 10,
  certificateUsableAfterIssue: 2,
  certificateReleased: 2,
  secretDeleted: 3,
  tagIndexed: 2,
  targetGroupReleased: 1,
};
