import {
  AssociateKmsKeyCommand,
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { TerminalError } from '../../domain/failure.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { type AwsFailure, ask } from './errors.ts';
import { claim, FOREIGN, proveOurs, type Tags } from './ownership.ts';

type Logs = Sender<CloudWatchLogsClient>;

/**
 * Log groups keep nothing for ever: retention is a call of its own, so a group without it is a half-made one. The key comes
 * with the creation, so that no line is ever written without it.
 */
export function createLogGroupProvisioner({ logs }: { logs: Logs }): Provisioner<'log-group'> {
  async function observe(desired: Desired<'log-group'>): Promise<Observation<'log-group'>> {
    const group = await find(logs, desired.name);
    if (!group) {
      return { state: 'absent' };
    }
    const outputs = { arn: group.arn };
    if (!provesOwnership(await tagsOf(logs, group.arn), desired.environment)) {
      return { state: 'drifted', outputs, drift: [FOREIGN] };
    }
    const drift = driftOf(group, desired.spec);
    return drift.length === 0 ? { state: 'ready', outputs } : { state: 'drifted', outputs, drift };
  }

  async function ensure(
    desired: Desired<'log-group'>,
    observed: Observation<'log-group'>,
  ): Promise<Observation<'log-group'>> {
    const { name, spec, environment } = desired;
    const made = observed.state === 'absent' && (await create(logs, desired));
    if (!made) {
      const group = await find(logs, name);
      if (!group) {
        return { state: 'absent' };
      }
      claim({ what: `the log group ${name}`, tags: await tagsOf(logs, group.arn), environment });
      await changeKey(logs, { name, held: group.kmsKeyId, wanted: spec.kmsKeyId });
    }
    await ask(`setting the retention of the log group ${name}`, () =>
      logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: spec.retentionDays })),
    );
    return await observe(desired);
  }

  async function release({ name, environment }: Released<'log-group'>): Promise<Release> {
    const group = await find(logs, name);
    if (!group) {
      return { state: 'absent' };
    }
    proveOurs({ what: `the log group ${name}`, tags: await tagsOf(logs, group.arn), environment });
    await ask(`deleting the log group ${name}`, () => logs.send(new DeleteLogGroupCommand({ logGroupName: name })), {
      on: { 'not-found': () => undefined },
    });
    return { state: 'releasing', underWay: true, waitingFor: 'the log group to be gone', requeueAfterSeconds: 1 };
  }

  return { kind: 'log-group', observe, ensure, release };
}

/** False when there is one of that name already. */
async function create(logs: Logs, { name, tags, spec }: Desired<'log-group'>): Promise<boolean> {
  return await ask(
    `creating the log group ${name}`,
    async () => {
      const kmsKeyId = spec.kmsKeyId ?? undefined;
      await logs.send(new CreateLogGroupCommand({ logGroupName: name, tags: { ...tags }, kmsKeyId }));
      return true;
    },
    { on: { 'already-exists': () => false, 'platform-missing': (failure) => refuseKey(name, failure) } },
  );
}

interface ChangeOfKey {
  readonly name: string;
  readonly held: string | null;
  readonly wanted: string | null;
}

/**
 * May be called again. What was written before stays under the key it was written with, and needs that key to be read
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html).
 */
async function changeKey(logs: Logs, { name, held, wanted }: ChangeOfKey): Promise<void> {
  if (held === wanted) {
    return;
  }
  const doing = wanted === null ? `taking the key from the log group ${name}` : `encrypting the log group ${name}`;
  const send = async (): Promise<void> => {
    await (wanted === null
      ? logs.send(new DisassociateKmsKeyCommand({ logGroupName: name }))
      : logs.send(new AssociateKmsKeyCommand({ logGroupName: name, kmsKeyId: wanted })));
  };
  await ask(doing, send, { on: { 'platform-missing': (failure) => refuseKey(name, failure) } });
}

/** AWS's own words hold the account's number, and a pull request is read by many. */
function refuseKey(name: string, { code }: AwsFailure): never {
  throw new TerminalError(
    'LogKeyRefused',
    `CloudWatch Logs may not use the platform's key for the log group ${name} (${code}). The key of logs.kmsKeyArn has to exist, and its policy has to let the service use it.`,
    { actor: 'operator' },
  );
}

function driftOf(group: FoundGroup, spec: Desired<'log-group'>['spec']): string[] {
  return [
    ...(group.retentionDays === spec.retentionDays ? [] : ['retention']),
    ...(group.kmsKeyId === spec.kmsKeyId ? [] : ['key']),
  ];
}

interface FoundGroup {
  /** Without the `:*` at the end, which the tag operations refuse. */
  readonly arn: string;
  readonly retentionDays: number | undefined;
  readonly kmsKeyId: string | null;
}

async function find(logs: Logs, name: string): Promise<FoundGroup | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await ask(`looking for the log group ${name}`, () =>
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken })),
    );
    const group = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (group) {
      return { arn: arnOf(group), retentionDays: group.retentionInDays, kmsKeyId: group.kmsKeyId ?? null };
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return undefined;
}

function arnOf({ arn, logGroupArn }: LogGroup): string {
  return logGroupArn ?? (arn ?? '').replace(/:\*$/, '');
}

async function tagsOf(logs: Logs, resourceArn: string): Promise<Tags> {
  const found = await ask(
    `reading the tags of ${resourceArn}`,
    () => logs.send(new ListTagsForResourceCommand({ resourceArn })),
    { on: { 'not-found': () => undefined } },
  );
  return found?.tags ?? {};
}
