import type { DBCluster } from '@aws-sdk/client-rds';
import { digestOf } from '../../domain/digest.ts';
import { TerminalError, TransientError } from '../../domain/failure.ts';
import { quoted } from '../../domain/quoted.ts';
import { TAG_KEYS } from '../../domain/tags.ts';
import type { Clock } from '../../reconcile/clock.ts';
import { type DatabaseUsers, UNREACHED } from '../../reconcile/database/database-users.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import type { Rds } from './clusters.ts';
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

type Seen = Observation<'database-user'>;
type Wanted = Desired<'database-user'>;

/** A paused clone takes half a minute to wake, and longer after a day; nobody has to act before it had that time. */
const PATIENCE_SECONDS = 120;
const ASK_AGAIN_SECONDS = 10;

interface Parts {
  readonly rds: Rds;
  readonly secrets: Secrets;
  readonly users: DatabaseUsers;
  readonly clock: Clock;
}

/**
 * A user of the clone for what runs in the environment. The steps, each of which survives a crash after it:
 *
 * 1. the secret is written, with a new password, before the clone is asked for anything, so no password is ever lost;
 * 2. the user is made in the clone with the secret's password; asked twice, that does the same thing twice;
 * 3. the secret's tags say in which cluster, and of which content.
 *
 * A cluster made anew under the same name has another resource id, and steps 2 and 3 are taken again. A look asks AWS only:
 * a question to the clone would wake it. The user goes with its clone, and so only the secret is ever released.
 */
export function createDatabaseUserProvisioner(parts: Parts): Provisioner<'database-user'> {
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
    const drift = driftOf(secret, desired, await describeOwnCluster(rds, desired));
    return drift === undefined ? { state: 'ready', outputs } : { state: 'drifted', outputs, drift: [drift] };
  }

  async function ensure(desired: Wanted): Promise<Seen> {
    const cluster = await describeOwnCluster(rds, desired);
    const secret = await takeSecret(parts, desired);
    if (secret === 'leaving') {
      return pending({}, 'its former secret to be deleted', 5);
    }
    if (secret && driftOf(secret, desired, cluster) === undefined) {
      return { state: 'ready', outputs: { secretArn: secret.arn } };
    }
    const written = await writeSecret(secrets, desired, secret);
    return written === undefined
      ? pending({}, 'the name of its secret to be free', 5)
      : await giveUser(parts, desired, { cluster, written });
  }

  return {
    kind: 'database-user',
    observe,
    ensure,
    release: async (released) => await releaseSecret({ secrets, clock }, released),
  };
}

/** Why the user has to be made, for the log; undefined when it was. */
function driftOf({ tags }: SecretDescription, { spec }: Wanted, cluster: DBCluster): string | undefined {
  if (tags[TAG_KEYS.contentHash] !== digestOf(spec)) {
    return 'content';
  }
  return tags[TAG_KEYS.appliedTo] === cluster.DbClusterResourceId ? undefined : 'the user of the clone';
}

interface Written {
  readonly arn: string;
  readonly password: string;
  /** When the secret came to hold what it holds: since then the clone is asked. Undefined where that was just now. */
  readonly since: Date | undefined;
}

/** Creates the secret, or corrects what it says besides the password. Undefined when its name is taken for now. */
async function writeSecret(
  secrets: Secrets,
  desired: Wanted,
  secret: SecretDescription | undefined,
): Promise<Written | undefined> {
  const { name, spec, tags } = desired;
  const place = { host: spec.endpoint, port: spec.port, dbname: spec.databaseName, username: spec.userName };
  if (!secret) {
    const password = newPassword();
    const arn = await createSecret(secrets, {
      name,
      members: { ...place, password },
      tags: { ...tags, [TAG_KEYS.contentHash]: digestOf(spec) },
    });
    return arn === undefined ? undefined : { arn, password, since: undefined };
  }
  const held = await readWithPassword(secrets, name);
  const wanted = { ...place, password: held.password };
  const isRight = digestOf(held) === digestOf(wanted);
  if (!isRight) {
    await putSecret(secrets, name, wanted);
  }
  return { arn: secret.arn, password: held.password, since: isRight ? secret.changedAt : undefined };
}

interface Giving {
  readonly cluster: DBCluster;
  readonly written: Written;
}

/** The content is noted only now, so that a crash in between leaves a secret that says that the user is still to be made. */
async function giveUser(parts: Parts, desired: Wanted, { cluster, written }: Giving): Promise<Seen> {
  const { secrets, clock } = parts;
  const outputs = { secretArn: written.arn };
  const problem = await problemWithGiving(parts, desired, written);
  if (problem && secondsSince(written, clock) < PATIENCE_SECONDS) {
    return pending(outputs, 'the database clone to answer', ASK_AGAIN_SECONDS);
  }
  if (problem) {
    throw UNREACHED.includes(problem.reason) ? unreachable(desired, problem) : problem;
  }
  await tagSecret(secrets, desired.name, {
    [TAG_KEYS.contentHash]: digestOf(desired.spec),
    [TAG_KEYS.appliedTo]: cluster.DbClusterResourceId ?? '',
    [TAG_KEYS.appliedAt]: clock.now().toISOString(),
  });
  return { state: 'ready', outputs };
}

/** What may pass by itself. Throws what will not. */
async function problemWithGiving(
  { secrets, users }: Parts,
  { spec }: Wanted,
  { password }: Written,
): Promise<TransientError | undefined> {
  const { username, password: itsPassword } = await readWithPassword(secrets, spec.masterSecretName);
  const master = { user: typeof username === 'string' ? username : '', password: itsPassword };
  try {
    await users.give(
      { host: spec.endpoint, port: spec.port, ...master },
      { name: spec.userName, password, database: spec.databaseName },
    );
    return undefined;
  } catch (error) {
    if (error instanceof TransientError) {
      return error;
    }
    throw error instanceof TerminalError ? refused(spec, error) : error;
  }
}

function secondsSince({ since }: Written, clock: Clock): number {
  return since === undefined ? 0 : (clock.now().getTime() - since.getTime()) / 1000;
}

function unreachable({ spec }: Wanted, { message }: TransientError): TerminalError {
  return new TerminalError(
    'DatabaseUnreachable',
    `Mayfly cannot reach the database clone ${quoted(spec.clusterIdentifier)} at port ${spec.port}, to make its user ${quoted(spec.userName)}: ${phrase(message)}. The security group of clones has to let Mayfly in at that port; without a way there, set ${quoted('database.credentials')} to ${quoted('secret')}.`,
    { actor: 'operator' },
  );
}

function refused({ clusterIdentifier, userName }: Wanted['spec'], { message }: TerminalError): TerminalError {
  return new TerminalError(
    'DatabaseUserRefused',
    `The database clone ${quoted(clusterIdentifier)} made no user ${quoted(userName)}: ${phrase(message)}.`,
    { actor: 'operator' },
  );
}

function phrase(message: string): string {
  return message.replace(/\.$/, '');
}

function pending(outputs: { secretArn?: string }, waitingFor: string, requeueAfterSeconds: number): Seen {
  return { state: 'pending', outputs, waitingFor, requeueAfterSeconds };
}
