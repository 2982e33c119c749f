import { CreateDBInstanceCommand, type DBInstance, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { TerminalError } from '../../../domain/failure.ts';
import type { Rds } from '../clusters.ts';
import { ask } from '../errors.ts';
import { readTags, toTagList } from '../ownership.ts';
import type { SourceMaking } from './source-making.ts';
import { claimSource, sourceTags } from './source-tags.ts';

/** Aurora's documented failure states: waiting does not end them. */
const FAILED = [
  'failed',
  'incompatible-network',
  'incompatible-parameters',
  'incompatible-restore',
  'insufficient-capacity',
  'storage-full',
];
const SERVING = ['available', 'backing-up', 'modifying', 'configuring-log-exports', 'storage-optimization'];

export function instanceOf(id: string): string {
  return `${id}-1`;
}

/** Undefined only when RDS said that there is no such instance. */
export async function findSourceInstance(rds: Rds, id: string): Promise<DBInstance | undefined> {
  const name = instanceOf(id);
  const found = await ask(
    `describing the instance ${name}`,
    () => rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name })),
    { on: { 'not-found': () => undefined } },
  );
  return found?.DBInstances?.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === name);
}

/** The one instance of a source, which nobody reaches from outside; made when it is not there. */
export async function lookAtInstance(
  rds: Rds,
  { id, engine, making }: { id: string; engine: string; making: SourceMaking },
): Promise<'ready' | 'pending'> {
  const own = { platform: making.platform, name: instanceOf(id) };
  const instance = await findSourceInstance(rds, id);
  if (!instance) {
    await ask(
      `creating the instance ${own.name}`,
      async () =>
        void (await rds.send(
          new CreateDBInstanceCommand({
            DBInstanceIdentifier: own.name,
            DBClusterIdentifier: id,
            DBInstanceClass: making.instanceClass,
            Engine: engine,
            PubliclyAccessible: false,
            PromotionTier: 1,
            CopyTagsToSnapshot: true,
            Tags: toTagList(sourceTags(own)),
          }),
        )),
      { on: { 'already-exists': () => undefined, 'wrong-state': () => undefined } },
    );
    return 'pending';
  }
  claimSource(readTags(instance.TagList), own);
  const { DBInstanceStatus: status = 'unknown' } = instance;
  if (FAILED.includes(status)) {
    throw new TerminalError(
      'SourceFailed',
      `The instance ${own.name} is ${status}. Its events say why; ask for a refresh then.`,
      {
        actor: 'operator',
      },
    );
  }
  return SERVING.includes(status) ? 'ready' : 'pending';
}
