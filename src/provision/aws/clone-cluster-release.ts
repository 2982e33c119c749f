import {
  type DBCluster,
  type DBInstance,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  StartDBClusterCommand,
} from '@aws-sdk/client-rds';
import type { Release, Released } from '../../reconcile/provisioner.ts';
import { describeCluster, type Rds } from './clusters.ts';
import { ask } from './errors.ts';
import { proveOurs, readTags } from './ownership.ts';

/** A cluster is gone a minute or so after its last instance. */
const RECHECK_SECONDS = 15;

/**
 * The order that Aurora asks for (its User Guide, deleting and stopping clusters): a stopped cluster is started,
 * protection comes off, every instance is at least being deleted, then the cluster goes without a last snapshot. The
 * name is enough.
 */
export async function releaseCluster(rds: Rds, { name, environment }: Released<'clone-cluster'>): Promise<Release> {
  const cluster = await describeCluster(rds, name);
  if (!cluster) {
    return { state: 'absent' };
  }
  proveOurs({ what: `the cluster ${name}`, tags: readTags(cluster.TagList), environment });
  switch (cluster.Status ?? 'unknown') {
    case 'deleting':
      return releasing(true, 'the database clone to be gone');
    case 'stopped':
      await ask(
        `starting the cluster ${name}`,
        () => rds.send(new StartDBClusterCommand({ DBClusterIdentifier: name })),
        {
          on: { 'wrong-state': () => undefined },
        },
      );
      return releasing(false, 'the stopped database clone to start, as it cannot be deleted before');
    case 'starting':
    case 'stopping':
      return releasing(false, `the database clone, which is ${cluster.Status}, to come to rest`);
    default:
      return await takeDown(rds, { name, environment, cluster });
  }
}

interface TakingDown {
  readonly name: string;
  readonly environment: Released['environment'];
  readonly cluster: DBCluster;
}

async function takeDown(rds: Rds, { name, environment, cluster }: TakingDown): Promise<Release> {
  if (cluster.DeletionProtection === true) {
    await ask(
      `taking the deletion protection off the cluster ${name}`,
      () =>
        rds.send(
          new ModifyDBClusterCommand({ DBClusterIdentifier: name, DeletionProtection: false, ApplyImmediately: true }),
        ),
      { on: { 'wrong-state': () => undefined } },
    );
  }
  for (const instance of await instancesOf(rds, name)) {
    await deleteMember(rds, instance, environment);
  }
  const accepted = await ask(
    `deleting the cluster ${name}`,
    async () => {
      await rds.send(
        new DeleteDBClusterCommand({
          DBClusterIdentifier: name,
          SkipFinalSnapshot: true,
          DeleteAutomatedBackups: true,
        }),
      );
      return true;
    },
    { on: { 'wrong-state': () => false, 'not-found': () => true } },
  );
  return accepted
    ? releasing(true, 'the database clone to be gone')
    : releasing(false, `the database clone, which is ${cluster.Status}, to take its deletion`);
}

async function instancesOf(rds: Rds, cluster: string): Promise<DBInstance[]> {
  const instances: DBInstance[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask(`listing the instances of the cluster ${cluster}`, () =>
      rds.send(new DescribeDBInstancesCommand({ Filters: [{ Name: 'db-cluster-id', Values: [cluster] }], Marker })),
    );
    instances.push(...(page.DBInstances ?? []));
    Marker = page.Marker;
  } while (Marker !== undefined && Marker !== '');
  return instances.filter(({ DBClusterIdentifier }) => DBClusterIdentifier === cluster);
}

/** An instance somebody else added keeps the cluster: it is reported, not deleted. */
async function deleteMember(rds: Rds, instance: DBInstance, environment: Released['environment']): Promise<void> {
  const name = instance.DBInstanceIdentifier ?? '';
  if (instance.DBInstanceStatus === 'deleting') {
    return;
  }
  proveOurs({ what: `the instance ${name}`, tags: readTags(instance.TagList), environment });
  await ask(
    `deleting the instance ${name}`,
    () => rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: name })),
    { on: { 'wrong-state': () => undefined, 'not-found': () => undefined } },
  );
}

function releasing(underWay: boolean, waitingFor: string): Release {
  return { state: 'releasing', underWay, waitingFor, requeueAfterSeconds: RECHECK_SECONDS };
}
