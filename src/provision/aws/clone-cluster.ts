import {
  type DBCluster,
  ModifyDBClusterCommand,
  RestoreDBClusterToPointInTimeCommand,
  type ServerlessV2ScalingConfiguration,
  StartDBClusterCommand,
} from '@aws-sdk/client-rds';
import { TerminalError } from '../../domain/failure.ts';
import type { OutputsOf, SpecOf } from '../../domain/resource.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import { releaseCluster } from './clone-cluster-release.ts';
import { cloneSource } from './clone-source.ts';
import { describeCluster, type Rds } from './clusters.ts';
import { ask } from './errors.ts';
import { claim, FOREIGN, readTags, toTagList } from './ownership.ts';
import { createSerial } from './serial.ts';

type Seen = Observation<'clone-cluster'>;

/** Beyond them nothing happens by itself: somebody has to look. */
const FAILED_STATUSES = ['cloning-failed', 'migration-failed', 'inaccessible-encryption-credentials'];

const REMEDIES: Readonly<Record<string, string>> = {
  'inaccessible-encryption-credentials': 'Give RDS access to the key of the source again. ',
  'cloning-failed': 'The events of the cluster say why. ',
  'migration-failed': 'The events of the cluster say why. ',
};

/** The cluster serves, although it can take no change now. */
const SERVING_STATUSES = [
  'backing-up',
  'modifying',
  'resetting-master-credentials',
  'maintenance',
  'update-iam-db-auth',
];

/** What is kept of a clone is wasted, and the source's own retention would be inherited: the least that RDS takes. */
const BACKUP_DAYS = 1;

/** A clone is there in one to three minutes. */
const RECHECK_SECONDS = 10;

/** The copy-on-write clone of an environment's database. It has no instance: that is `clone-instance`. */
export function createCloneClusterProvisioner({ rds }: { rds: Rds }): Provisioner<'clone-cluster'> {
  const serial = createSerial();

  async function observe(desired: Desired<'clone-cluster'>): Promise<Seen> {
    const cluster = await describeCluster(rds, desired.name);
    return cluster ? seen(cluster, desired) : { state: 'absent' };
  }

  async function ensure(desired: Desired<'clone-cluster'>): Promise<Seen> {
    const { name, spec, environment } = desired;
    const cluster = await describeCluster(rds, name);
    if (!cluster) {
      // Two clones at once would both count fourteen, and the second would be a full copy.
      return await serial.run(spec.sourceIdentifier, async () => await clone(rds, desired));
    }
    claim({ what: `the cluster ${name}`, tags: readTags(cluster.TagList), environment });
    if (cluster.Status === 'stopped') {
      await ask(
        `starting the cluster ${name}`,
        () => rds.send(new StartDBClusterCommand({ DBClusterIdentifier: name })),
        {
          on: { 'wrong-state': () => undefined },
        },
      );
    } else if (cluster.Status === 'available' && driftOf(cluster, spec).length > 0) {
      await correct(rds, name, spec);
    }
    return await observe(desired);
  }

  return { kind: 'clone-cluster', observe, ensure, release: async (released) => await releaseCluster(rds, released) };
}

function seen(cluster: DBCluster, { spec, environment }: Desired<'clone-cluster'>): Seen {
  const outputs = outputsOf(cluster);
  const status = cluster.Status ?? 'unknown';
  if (!provesOwnership(readTags(cluster.TagList), environment)) {
    return { state: 'drifted', outputs: {}, drift: [FOREIGN] };
  }
  if (FAILED_STATUSES.includes(status)) {
    throw new TerminalError(
      'CloneFailed',
      `The database clone ${cluster.DBClusterIdentifier} is ${status}. ${REMEDIES[status] ?? ''}Delete it once that is mended: Mayfly makes another.`,
      { actor: 'operator' },
    );
  }
  if (status === 'stopped') {
    return { state: 'drifted', outputs, drift: ['stopped'] };
  }
  const drift = status === 'available' ? driftOf(cluster, spec) : [];
  if (drift.length > 0) {
    return { state: 'drifted', outputs, drift };
  }
  if ((status === 'available' || SERVING_STATUSES.includes(status)) && isComplete(outputs)) {
    return { state: 'ready', outputs };
  }
  return {
    state: 'pending',
    outputs,
    waitingFor: `the database clone (${status})`,
    requeueAfterSeconds: RECHECK_SECONDS,
  };
}

type Outputs = OutputsOf<'clone-cluster'>;

function outputsOf(cluster: DBCluster): Partial<Outputs> {
  return {
    ...(cluster.DBClusterArn === undefined ? {} : { arn: cluster.DBClusterArn }),
    ...(cluster.Endpoint === undefined ? {} : { endpoint: cluster.Endpoint }),
    ...(cluster.ReaderEndpoint === undefined ? {} : { readerEndpoint: cluster.ReaderEndpoint }),
    ...(cluster.Port === undefined ? {} : { port: cluster.Port }),
    ...(cluster.Engine === undefined ? {} : { engine: cluster.Engine }),
    ...(cluster.EngineVersion === undefined ? {} : { engineVersion: cluster.EngineVersion }),
  };
}

function isComplete(outputs: Partial<Outputs>): outputs is Outputs {
  const { arn, endpoint, readerEndpoint, port, engine, engineVersion } = outputs;
  return [arn, endpoint, readerEndpoint, port, engine, engineVersion].every((value) => value !== undefined);
}

function driftOf(cluster: DBCluster, { capacity, securityGroupIds }: SpecOf<'clone-cluster'>): string[] {
  const scaling = cluster.ServerlessV2ScalingConfiguration;
  const groups = (cluster.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? '');
  const paused = capacity.min === 0 && scaling?.SecondsUntilAutoPause !== capacity.autoPauseSeconds;
  const drift: string[] = [];
  if (scaling?.MinCapacity !== capacity.min || scaling.MaxCapacity !== capacity.max || paused) {
    drift.push('capacity');
  }
  if (groups.toSorted().join() !== securityGroupIds.toSorted().join()) {
    drift.push('security groups');
  }
  if (cluster.DeletionProtection === true) {
    drift.push('deletion protection');
  }
  return drift;
}

function scalingOf({ capacity }: SpecOf<'clone-cluster'>): ServerlessV2ScalingConfiguration {
  const { min, max, autoPauseSeconds } = capacity;
  return {
    MinCapacity: min,
    MaxCapacity: max,
    // Accepted with a minimum of 0 only.
    ...(min === 0 ? { SecondsUntilAutoPause: autoPauseSeconds } : {}),
  };
}

async function correct(rds: Rds, name: string, spec: SpecOf<'clone-cluster'>): Promise<void> {
  await ask(
    `correcting the cluster ${name}`,
    () =>
      rds.send(
        new ModifyDBClusterCommand({
          DBClusterIdentifier: name,
          ServerlessV2ScalingConfiguration: scalingOf(spec),
          VpcSecurityGroupIds: spec.securityGroupIds,
          DeletionProtection: false,
          ApplyImmediately: true,
        }),
      ),
    { on: { 'wrong-state': () => undefined } },
  );
}

/** Everything that RDS would default to something else stands in the request (RDS API reference). */
async function clone(rds: Rds, { name, spec, tags, environment }: Desired<'clone-cluster'>): Promise<Seen> {
  const source = await cloneSource(rds, spec.sourceIdentifier);
  if (!source.usable) {
    const { waitingFor, requeueAfterSeconds } = source;
    return { state: 'pending', outputs: {}, waitingFor, requeueAfterSeconds };
  }
  const parameterGroup = spec.parameterGroup ?? source.cluster.DBClusterParameterGroup;
  const restored = await ask(
    `cloning ${spec.sourceIdentifier} as ${name}`,
    () =>
      rds.send(
        new RestoreDBClusterToPointInTimeCommand({
          DBClusterIdentifier: name,
          SourceDBClusterIdentifier: spec.sourceIdentifier,
          RestoreType: 'copy-on-write',
          UseLatestRestorableTime: true,
          DBSubnetGroupName: spec.subnetGroup,
          VpcSecurityGroupIds: spec.securityGroupIds,
          ...(parameterGroup === undefined ? {} : { DBClusterParameterGroupName: parameterGroup }),
          ServerlessV2ScalingConfiguration: scalingOf(spec),
          DeletionProtection: false,
          CopyTagsToSnapshot: true,
          BackupRetentionPeriod: BACKUP_DAYS,
          EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
          Tags: toTagList(tags),
        }),
      ),
    // Our own first attempt, of which we never heard, or somebody else's: its tags tell.
    { on: { 'already-exists': async () => ({ DBCluster: await adopt(rds, { name, environment }) }) } },
  );
  const cluster = restored.DBCluster;
  if (!cluster) {
    return { state: 'absent' };
  }
  return {
    state: 'pending',
    outputs: outputsOf(cluster),
    waitingFor: `the database clone (${cluster.Status ?? 'creating'})`,
    requeueAfterSeconds: RECHECK_SECONDS,
  };
}

async function adopt(
  rds: Rds,
  { name, environment }: Pick<Desired<'clone-cluster'>, 'name' | 'environment'>,
): Promise<DBCluster | undefined> {
  const cluster = await describeCluster(rds, name);
  if (cluster) {
    claim({ what: `the cluster ${name}`, tags: readTags(cluster.TagList), environment });
  }
  return cluster;
}
