import { type DBCluster, ModifyDBClusterCommand } from '@aws-sdk/client-rds';
import { digestOf } from '../../domain/digest.ts';
import { TAG_KEYS } from '../../domain/tags.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import type { Rds } from './clusters.ts';
import { ask } from './errors.ts';
import { describeOwnCluster } from './own-cluster.ts';
import {
  createSecret,
  describeSecret,
  putSecret,
  releaseSecret,
  type SecretDescription,
  type Secrets,
  tagSecret,
} from './own-secret.ts';
import { newPassword, readWithPassword } from './secret-password.ts';
import { takeSecret, whyUnusable } from './take-secret.ts';

type Seen = Observation<'database-credentials'>;
type Wanted = Desired<'database-credentials'>;

/**
 * How long the cluster may still say `available` after it accepted a new password; Terraform's provider waits as long
 * before its first look.
 */
const SETTLING_SECONDS = 30;

interface Parts {
  readonly rds: Rds;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/**
 * A clone opens with its source's master password until it gets one of its own. The steps, each of which survives a
 * crash after it:
 *
 * 1. the secret is written, with a new password, before anything is asked of the cluster, so no password is ever lost;
 * 2. `ModifyDBCluster` is given the secret's password; asked twice, it does the same thing twice;
 * 3. the secret's tags say which cluster took it, and when;
 * 4. ready once the cluster has had time to begin, and is through.
 *
 * A cluster made anew under the same name has another resource id, and steps 2 to 4 are taken again.
 */
export function createDatabaseCredentialsProvisioner(parts: Parts): Provisioner<'database-credentials'> {
  const { rds, secrets, clock } = parts;

  async function observe(desired: Wanted): Promise<Seen> {
    const secret = await describeSecret(secrets, desired.name);
    if (!secret) {
      return { state: 'absent' };
    }
    const outputs = { secretArn: secret.arn };
    const unusable = whyUnusable(secret, desired.environment);
    if (unusable !== undefined) {
      return { state: 'drifted', outputs: {}, drift: [unusable] };
    }
    if (secret.tags[TAG_KEYS.contentHash] !== digestOf(desired.spec)) {
      return { state: 'drifted', outputs, drift: ['content'] };
    }
    const cluster = await describeOwnCluster(rds, desired);
    return secret.tags[TAG_KEYS.appliedTo] === cluster.DbClusterResourceId
      ? settling({ cluster, secret, now: clock.now() })
      : { state: 'drifted', outputs, drift: ['the password of the clone'] };
  }

  async function ensure(desired: Wanted): Promise<Seen> {
    const { name } = desired;
    const cluster = await describeOwnCluster(rds, desired);
    const secret = await takeSecret(parts, desired);
    if (secret === 'leaving') {
      return pending({}, 'its former secret to be deleted', 5);
    }
    const arn = await writeSecret(secrets, desired, { secret, cluster });
    if (arn === undefined) {
      return pending({}, 'the name of its secret to be free', 5);
    }
    const outputs = { secretArn: arn };
    if (secret?.tags[TAG_KEYS.appliedTo] === cluster.DbClusterResourceId) {
      return await observe(desired);
    }
    const accepted = await setPassword(parts, desired);
    if (!accepted) {
      return pending(outputs, `the database clone, which is ${cluster.Status}, to take a new password`, 5);
    }
    const { appliedTo, appliedAt } = TAG_KEYS;
    const resourceId = cluster.DbClusterResourceId ?? '';
    await tagSecret(secrets, name, { [appliedTo]: resourceId, [appliedAt]: clock.now().toISOString() });
    return pending(outputs, 'the new password to take effect', SETTLING_SECONDS);
  }

  return {
    kind: 'database-credentials',
    observe,
    ensure,
    release: async (released) => await releaseSecret({ secrets, clock }, released),
  };
}

interface Made {
  readonly secret: SecretDescription | undefined;
  readonly cluster: DBCluster;
}

/** Creates the secret, or corrects what it says besides the password. Undefined when its name is taken for now. */
async function writeSecret(secrets: Secrets, desired: Wanted, { secret, cluster }: Made): Promise<string | undefined> {
  const { name, spec, tags } = desired;
  const contentHash = digestOf(spec);
  const place = {
    host: spec.endpoint,
    port: spec.port,
    dbname: spec.databaseName,
    username: cluster.MasterUsername ?? '',
  };
  if (!secret) {
    return await createSecret(secrets, {
      name,
      members: { ...place, password: newPassword() },
      tags: { ...tags, [TAG_KEYS.contentHash]: contentHash },
    });
  }
  if (secret.tags[TAG_KEYS.contentHash] !== contentHash) {
    const { password } = await readWithPassword(secrets, name);
    await putSecret(secrets, name, { ...place, password });
    await tagSecret(secrets, name, { [TAG_KEYS.contentHash]: contentHash });
  }
  return secret.arn;
}

/** False when the cluster's state does not allow it now. */
async function setPassword({ rds, secrets }: Parts, { name, spec }: Wanted): Promise<boolean> {
  const { password: MasterUserPassword } = await readWithPassword(secrets, name);
  return await ask(
    `setting the master password of ${spec.clusterIdentifier}`,
    async () => {
      await rds.send(
        new ModifyDBClusterCommand({
          DBClusterIdentifier: spec.clusterIdentifier,
          MasterUserPassword,
          ApplyImmediately: true,
        }),
      );
      return true;
    },
    { on: { 'wrong-state': () => false }, confidential: true },
  );
}

function settling({ cluster, secret, now }: { cluster: DBCluster; secret: SecretDescription; now: Date }): Seen {
  const outputs = { secretArn: secret.arn };
  const appliedAt = new Date(secret.tags[TAG_KEYS.appliedAt] ?? 0);
  const left = SETTLING_SECONDS - (now.getTime() - appliedAt.getTime()) / 1000;
  if (left > 0) {
    return pending(outputs, 'the new password to take effect', Math.ceil(left));
  }
  const changing =
    cluster.Status === 'resetting-master-credentials' ||
    cluster.PendingModifiedValues?.MasterUserPassword !== undefined;
  return changing ? pending(outputs, 'the new password to take effect', 5) : { state: 'ready', outputs };
}

function pending(outputs: { secretArn?: string }, waitingFor: string, requeueAfterSeconds: number): Seen {
  return { state: 'pending', outputs, waitingFor, requeueAfterSeconds };
}
