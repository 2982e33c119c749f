import {
  type DBCluster,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  ModifyDBClusterCommand,
  StartDBClusterCommand,
} from '@aws-sdk/client-rds';
import { describeCluster, type Rds } from '../clusters.ts';
import { ask } from '../errors.ts';
import { readTags } from '../ownership.ts';
import { findSourceInstance, instanceOf } from './source-instance.ts';
import { type OwnSource, proveSource } from './source-tags.ts';

/** What is gone already, or cannot go yet, is seen to the next time. */
const LATER = { 'wrong-state': () => undefined, 'not-found': () => undefined } as const;

/**
 * One step of a source's deletion, in the order that Aurora asks for: it is started, protection comes off, its instance goes,
 * then the cluster, without a last snapshot. True once RDS says that there is neither.
 */
export async function releaseSource(rds: Rds, own: OwnSource): Promise<boolean> {
  const [cluster, instance] = [await describeCluster(rds, own.name), await findSourceInstance(rds, own.name)];
  if (cluster) {
    proveSource(readTags(cluster.TagList), own);
  }
  if (instance) {
    proveSource(readTags(instance.TagList), { ...own, name: instanceOf(own.name) });
  }
  if (cluster?.Status === 'stopped') {
    await ask(
      `starting the cluster ${own.name}`,
      () => rds.send(new StartDBClusterCommand({ DBClusterIdentifier: own.name })),
      { on: LATER },
    );
    return false;
  }
  if (instance && instance.DBInstanceStatus !== 'deleting') {
    await ask(
      `deleting the instance ${instanceOf(own.name)}`,
      () => rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: instanceOf(own.name) })),
      { on: LATER },
    );
  }
  if (cluster && cluster.Status !== 'deleting') {
    await removeCluster(rds, cluster, own.name);
  }
  return !cluster && !instance;
}

async function removeCluster(rds: Rds, { DeletionProtection: isProtected }: DBCluster, name: string): Promise<void> {
  if (isProtected === true) {
    await ask(
      `taking the deletion protection off the cluster ${name}`,
      () =>
        rds.send(
          new ModifyDBClusterCommand({ DBClusterIdentifier: name, DeletionProtection: false, ApplyImmediately: true }),
        ),
      { on: LATER },
    );
  }
  await ask(
    `deleting the cluster ${name}`,
    () =>
      rds.send(
        new DeleteDBClusterCommand({
          DBClusterIdentifier: name,
          SkipFinalSnapshot: true,
          DeleteAutomatedBackups: true,
        }),
      ),
    { on: LATER },
  );
}
