/**
 * How long AWS takes, in seconds. Published measurements are few: the sources stand with each figure. "assumed" marks
 * a default of ours for which no measurement was found; nothing may be claimed about AWS from it.
 */
export interface Durations {
  readonly cloneClusterAvailable: number;
  readonly fullCopyClusterAvailable: number;
  readonly newClusterAvailable: number;
  /** A cluster is restored from a snapshot. */
  readonly snapshotRestored: number;
  readonly snapshotCreated: number;
  readonly snapshotCopied: number;
  readonly instanceAvailable: number;
  /** An instance outside clusters is created, and its first backup is taken. */
  readonly plainInstanceCreated: number;
  readonly firstBackup: number;
  readonly clusterModified: number;
  /** RDS reports `available` for a moment after a modification was accepted; Terraform waits it out. */
  readonly modifyLag: number;
  readonly instanceDeleted: number;
  readonly clusterDeleted: number;
  readonly clusterStopped: number;
  readonly clusterStarted: number;
  readonly taskProvisioning: number;
  readonly taskPending: number;
  readonly taskActivating: number;
  readonly taskStopping: number;
  readonly taskDeprovisioning: number;
  readonly stoppedTaskForgotten: number;
  readonly inactiveServiceForgotten: number;
  readonly taskDefinitionDeleted: number;
  readonly targetRegistration: number;
  readonly natGatewayAvailable: number;
  readonly natGatewayDeleted: number;
  /** How long a deleted NAT gateway is still described. */
  readonly natGatewayForgotten: number;
  readonly loadBalancerActive: number;
  readonly dnsInSync: number;
  /** How long a change keeps the zone from taking the next one (PriorRequestNotComplete). */
  readonly dnsChangeInFlight: number;
  readonly certificateRecordShown: number;
  readonly certificateIssued: number;
  readonly certificateUsableAfterIssue: number;
  /** ACM goes on calling a certificate in use for a while after it left its last listener. */
  readonly certificateReleased: number;
  readonly secretDeleted: number;
  readonly tagIndexed: number;
  readonly tagForgotten: number;
  readonly ruleTagForgotten: number;
  readonly targetGroupReleased: number;
  readonly functionActive: number;
  readonly functionUpdated: number;
  readonly scheduleGroupDeleted: number;
  readonly cacheCreated: number;
  readonly cacheModified: number;
  readonly cacheDeleted: number;
  /** Created or modified. */
  readonly serverlessCacheSettled: number;
  readonly serverlessCacheDeleted: number;
}

export const realisticDurations: Durations = {
  // "about 5 minutes, most of that time is provisioning a new RDS instance" (AWS News Blog, Aurora Fast Database
  // Cloning, 2017: 5 min 30 s for both); how the two share it is assumed.
  cloneClusterAvailable: 75,
  fullCopyClusterAvailable: 1800,
  newClusterAvailable: 120,
  // assumed, the three of them
  snapshotRestored: 300,
  snapshotCreated: 120,
  snapshotCopied: 60,
  instanceAvailable: 255,
  // assumed
  plainInstanceCreated: 240,
  firstBackup: 60,
  clusterModified: 30,
  modifyLag: 5,
  // 11 min 47 s and 1 min 03 s in one published run (tungbq/aws-lab-with-terraform#100, 2023-06-12).
  instanceDeleted: 707,
  clusterDeleted: 63,
  clusterStopped: 240,
  clusterStarted: 300,
  // Fargate PROVISIONING to RUNNING takes 1 to 3 minutes, mostly the image pull; a network interface several seconds.
  taskProvisioning: 12,
  taskPending: 45,
  taskActivating: 3,
  taskStopping: 5,
  taskDeprovisioning: 10,
  // Stopped tasks stay describable for at least an hour (ECS developer guide); the other two are assumed.
  stoppedTaskForgotten: 3600,
  inactiveServiceForgotten: 3600,
  taskDefinitionDeleted: 60,
  targetRegistration: 3,
  // assumed; "usually remain visible in the console for about an hour" (VPC user guide, Work with NAT gateways).
  natGatewayAvailable: 90,
  natGatewayDeleted: 45,
  natGatewayForgotten: 3600,
  // assumed
  loadBalancerActive: 120,
  // "generally propagate to all Route 53 name servers within 60 seconds" (Route 53 API reference).
  dnsInSync: 35,
  // assumed
  dnsChangeInFlight: 0.5,
  // "several seconds" (ACM RequestCertificate); validation "commonly minutes".
  certificateRecordShown: 5,
  certificateIssued: 120,
  certificateUsableAfterIssue: 10,
  // assumed
  certificateReleased: 10,
  secretDeleted: 20,
  tagIndexed: 20,
  // Deleted resources stay listed for 20 minutes to hours, listener rules among them (aws/aws-sdk#676, #302).
  tagForgotten: 1200,
  ruleTagForgotten: 7200,
  targetGroupReleased: 10,
  // assumed
  functionActive: 5,
  functionUpdated: 3,
  scheduleGroupDeleted: 5,
  // assumed, all of them
  cacheCreated: 360,
  cacheModified: 60,
  cacheDeleted: 240,
  serverlessCacheSettled: 60,
  serverlessCacheDeleted: 60,
};
