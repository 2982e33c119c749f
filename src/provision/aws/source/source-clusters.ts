import { type DBCluster, ModifyDBClusterCommand, StartDBClusterCommand } from '@aws-sdk/client-rds';
import { TerminalError } from '../../../domain/failure.ts';
import type { SourceClusters, SourceLook, WantedSource } from '../../../reconcile/source/ports.ts';
import { describeCluster, type Rds } from '../clusters.ts';
import { readDatabasePassword } from '../database-password.ts';
import { ask } from '../errors.ts';
import type { Secrets } from '../own-secret.ts';
import { readTags } from '../ownership.ts';
import { instanceOf, lookAtInstance } from './source-instance.ts';
import type { SourceMaking } from './source-making.ts';
import { releaseSource } from './source-release.ts';
import { restoreSource } from './source-restore.ts';
import { claimSource } from './source-tags.ts';

/** Waiting does not end them. */
const FAILED = ['inaccessible-encryption-credentials', 'migration-failed', 'restore-failed', 'failed'];
/** It serves connections in them. */
const SERVING = ['available', 'backing-up', 'modifying', 'maintenance', 'update-iam-db-auth'];

/** Clusters of sources, on RDS. */
export function createSourceClusters(parts: { rds: Rds; secrets: Secrets; making: SourceMaking }): SourceClusters {
  const { rds, secrets, making } = parts;
  const { platform } = making;

  async function ensure(wanted: WantedSource): Promise<SourceLook> {
    const { id, resourceId } = wanted;
    const cluster = await describeCluster(rds, id);
    if (!cluster) {
      return resourceId === null ? await restoreSource(rds, wanted, making) : { state: 'lost' };
    }
    claimSource(readTags(cluster.TagList), { platform, name: id });
    if (resourceId !== null && cluster.DbClusterResourceId !== resourceId) {
      return { state: 'lost' };
    }
    return (await beforeServing(rds, cluster)) ?? (await serving(cluster));
  }

  async function serving(cluster: DBCluster): Promise<SourceLook> {
    const { DBClusterIdentifier: id = '', Engine: engine = '', DbClusterResourceId: resourceId = '' } = cluster;
    const instance = await lookAtInstance(rds, { id, engine, making });
    const { Endpoint: endpoint, Port: port, MasterUsername: user } = cluster;
    return instance === 'ready' && endpoint !== undefined && port !== undefined && user !== undefined
      ? { state: 'ready', resourceId, endpoint, port, user }
      : { state: 'pending', resourceId, waitingFor: `the instance ${instanceOf(id)}` };
  }

  return {
    ensure,
    async setPassword(id) {
      claimSource(readTags((await describeCluster(rds, id))?.TagList), { platform, name: id });
      const MasterUserPassword = await readDatabasePassword(secrets, making.passwordSecret);
      await ask(
        `changing the password of the cluster ${id}`,
        () =>
          rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: id, MasterUserPassword, ApplyImmediately: true })),
        { confidential: true },
      );
    },
    release: async (id) => await releaseSource(rds, { platform, name: id }),
  };
}

/** A cluster that serves nobody now, and what is done about it; undefined for one that does. */
async function beforeServing(rds: Rds, cluster: DBCluster): Promise<SourceLook | undefined> {
  const { DBClusterIdentifier: id = '', Status: status = 'unknown' } = cluster;
  if (FAILED.includes(status)) {
    throw new TerminalError(
      'SourceFailed',
      `The cluster ${id} is ${status}. Its events say why; ask for a refresh then.`,
      {
        actor: 'operator',
      },
    );
  }
  if (status === 'stopped') {
    await ask(`starting the cluster ${id}`, () => rds.send(new StartDBClusterCommand({ DBClusterIdentifier: id })), {
      on: { 'wrong-state': () => undefined },
    });
  }
  return SERVING.includes(status)
    ? undefined
    : { state: 'pending', resourceId: null, waitingFor: `the cluster ${id} (${status})` };
}
