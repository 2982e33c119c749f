import {
  CreateDBInstanceCommand,
  type DBInstance,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
} from '@aws-sdk/client-rds';
import { TerminalError } from '../../domain/failure.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import type { Rds } from './clusters.ts';
import { ask } from './errors.ts';
import { claim, FOREIGN, proveOurs, readTags, toTagList } from './ownership.ts';

type Seen = Observation<'clone-instance'>;

/** Aurora's documented failure states: waiting does not end them. */
const FAILED_STATUSES = [
  'failed',
  'inaccessible-encryption-credentials',
  'incompatible-network',
  'incompatible-parameters',
  'incompatible-restore',
  'insufficient-capacity',
  'storage-full',
];

/** It serves connections in them, and has done so before it came into them. */
const SERVING_STATUSES = ['available', 'backing-up', 'modifying', 'configuring-log-exports', 'storage-optimization'];

/** An instance takes minutes to come, and about ten to go. */
const CREATING_RECHECK_SECONDS = 15;
const DELETING_RECHECK_SECONDS = 30;

/** The one instance of a clone, on Serverless v2. What belongs to the cluster (password, groups, backups) is not sent. */
export function createCloneInstanceProvisioner({ rds }: { rds: Rds }): Provisioner<'clone-instance'> {
  async function observe(desired: Desired<'clone-instance'>): Promise<Seen> {
    const instance = await find(rds, desired.name);
    return instance ? seen(instance, desired) : { state: 'absent' };
  }

  async function ensure(desired: Desired<'clone-instance'>, observed: Seen): Promise<Seen> {
    const { name, spec, tags, environment } = desired;
    if (observed.state === 'absent') {
      const refused = await ask(
        `creating the instance ${name}`,
        async () => {
          await rds.send(
            new CreateDBInstanceCommand({
              DBInstanceIdentifier: name,
              DBClusterIdentifier: spec.clusterIdentifier,
              DBInstanceClass: 'db.serverless',
              Engine: spec.engine,
              PubliclyAccessible: false,
              PromotionTier: 1,
              CopyTagsToSnapshot: true,
              Tags: toTagList(tags),
            }),
          );
          return false;
        },
        { on: { 'already-exists': () => false, 'wrong-state': () => true } },
      );
      if (refused) {
        return pending('the database clone to take an instance', {});
      }
    }
    const instance = await find(rds, name);
    if (instance) {
      claim({ what: `the instance ${name}`, tags: readTags(instance.TagList), environment });
    }
    return instance ? seen(instance, desired) : pending('the database instance to be known', {});
  }

  async function release({ name, environment }: Released<'clone-instance'>): Promise<Release> {
    const instance = await find(rds, name);
    if (!instance) {
      return { state: 'absent' };
    }
    proveOurs({ what: `the instance ${name}`, tags: readTags(instance.TagList), environment });
    const underWay = instance.DBInstanceStatus === 'deleting' || (await remove(rds, name));
    const waitingFor = underWay
      ? 'the database instance to be gone'
      : `the database instance, which is ${instance.DBInstanceStatus}, to take its deletion`;
    return { state: 'releasing', underWay, waitingFor, requeueAfterSeconds: DELETING_RECHECK_SECONDS };
  }

  return { kind: 'clone-instance', observe, ensure, release };
}

function seen(instance: DBInstance, { environment }: Desired<'clone-instance'>): Seen {
  const status = instance.DBInstanceStatus ?? 'unknown';
  const outputs = { arn: instance.DBInstanceArn ?? '' };
  if (!provesOwnership(readTags(instance.TagList), environment)) {
    return { state: 'drifted', outputs: {}, drift: [FOREIGN] };
  }
  if (FAILED_STATUSES.includes(status)) {
    throw new TerminalError(
      'InstanceFailed',
      `The database instance ${instance.DBInstanceIdentifier} is ${status}. Its events say why; once that is mended, delete it and Mayfly makes another.`,
      { actor: 'operator' },
    );
  }
  return SERVING_STATUSES.includes(status)
    ? { state: 'ready', outputs }
    : pending(`the database instance (${status})`, outputs);
}

function pending(waitingFor: string, outputs: { arn?: string }): Seen {
  return { state: 'pending', outputs, waitingFor, requeueAfterSeconds: CREATING_RECHECK_SECONDS };
}

async function find(rds: Rds, name: string): Promise<DBInstance | undefined> {
  const found = await ask(
    `describing the instance ${name}`,
    () => rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name })),
    { on: { 'not-found': () => undefined } },
  );
  return found?.DBInstances?.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === name.toLowerCase());
}

/** Without snapshot parameters, which are the cluster's. False when its state does not allow it now. */
async function remove(rds: Rds, name: string): Promise<boolean> {
  return await ask(
    `deleting the instance ${name}`,
    async () => {
      await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: name }));
      return true;
    },
    { on: { 'wrong-state': ({ message }) => /already being deleted/i.test(message), 'not-found': () => true } },
  );
}
