import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { claim, FOREIGN, proveOurs, type Tags } from './ownership.ts';

type Logs = Sender<CloudWatchLogsClient>;

/** Log groups keep nothing for ever: retention is a call of its own, so a group without it is a half-made one. */
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
    return group.retentionDays === desired.spec.retentionDays
      ? { state: 'ready', outputs }
      : { state: 'drifted', outputs, drift: ['retention'] };
  }

  async function ensure(
    desired: Desired<'log-group'>,
    observed: Observation<'log-group'>,
  ): Promise<Observation<'log-group'>> {
    const { name, spec, tags, environment } = desired;
    const made = observed.state === 'absent' && (await create(logs, name, tags));
    if (!made) {
      const group = await find(logs, name);
      if (!group) {
        return { state: 'absent' };
      }
      claim({ what: `the log group ${name}`, tags: await tagsOf(logs, group.arn), environment });
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
async function create(logs: Logs, name: string, tags: Tags): Promise<boolean> {
  return await ask(
    `creating the log group ${name}`,
    async () => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: name, tags: { ...tags } }));
      return true;
    },
    { on: { 'already-exists': () => false } },
  );
}

interface FoundGroup {
  /** Without the `:*` at the end, which the tag operations refuse. */
  readonly arn: string;
  readonly retentionDays: number | undefined;
}

async function find(logs: Logs, name: string): Promise<FoundGroup | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await ask(`looking for the log group ${name}`, () =>
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken })),
    );
    const group = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (group) {
      return { arn: arnOf(group), retentionDays: group.retentionInDays };
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
