import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type TaskDefinitionStatus,
} from '@aws-sdk/client-ecs';
import { digestOf } from '../../domain/digest.ts';
import { TerminalError } from '../../domain/failure.ts';
import { provesOwnership, TAG_KEYS } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { FOREIGN, nameTaken, proveOurs, readEcsTags, type Tags, toEcsTagList } from './ownership.ts';
import { registrationOf } from './task-definition-content.ts';

type Ecs = Sender<ECSClient>;
type Seen = Observation<'task-definition'>;

/** `DeleteTaskDefinitions` takes ten. */
const DELETE_AT_ONCE = 10;

/**
 * Revisions of one family. Registering is never idempotent and ECS allows one a second, so each revision is tagged
 * with a hash of its content and the newest is used again while that has not changed.
 */
export function createTaskDefinitionProvisioner({ ecs }: { ecs: Ecs }): Provisioner<'task-definition'> {
  async function observe({ name, spec, environment }: Desired<'task-definition'>): Promise<Seen> {
    const [arn] = await listRevisions(ecs, name, 'ACTIVE');
    if (arn === undefined) {
      return { state: 'absent' };
    }
    const tags = await revisionTags(ecs, arn);
    if (!provesOwnership(tags, environment)) {
      return { state: 'drifted', outputs: {}, drift: [FOREIGN] };
    }
    const contentHash = tags[TAG_KEYS.contentHash] ?? '';
    return contentHash === digestOf(spec.content)
      ? { state: 'ready', outputs: { arn, contentHash } }
      : { state: 'drifted', outputs: { arn, contentHash }, drift: ['content'] };
  }

  async function ensure(desired: Desired<'task-definition'>): Promise<Seen> {
    const { name, spec, tags, environment } = desired;
    const observed = await observe(desired);
    if (observed.state === 'ready') {
      return observed;
    }
    if (observed.state === 'drifted' && observed.drift.includes(FOREIGN)) {
      throw nameTaken(`the task definition ${name}`, environment);
    }
    const contentHash = digestOf(spec.content);
    const registered = await ask(
      `registering the task definition ${name}`,
      () =>
        ecs.send(
          new RegisterTaskDefinitionCommand({
            ...registrationOf(name, spec.content),
            tags: toEcsTagList({ ...tags, [TAG_KEYS.contentHash]: contentHash }),
          }),
        ),
      {
        on: {
          invalid({ message }) {
            const said = `ECS does not take the task definition ${name}: ${message}`;
            throw new TerminalError('TaskDefinitionRejected', said, { actor: 'author' });
          },
        },
      },
    );
    const arn = registered.taskDefinition?.taskDefinitionArn ?? '';
    return { state: 'ready', outputs: { arn, contentHash } };
  }

  return { kind: 'task-definition', observe, ensure, release: async (released) => await releaseFamily(ecs, released) };
}

/** Newest first. The family's name and its revision numbers stay with ECS for ever. */
async function listRevisions(ecs: Ecs, family: string, status: TaskDefinitionStatus): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ask(`listing the revisions of the task definition ${family}`, () =>
      ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: family, status, sort: 'DESC', nextToken })),
    );
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return arns
    .filter((arn) => arn.split('/').at(-1)?.split(':')[0] === family)
    .toSorted((a, b) => revisionNumber(b) - revisionNumber(a));
}

function revisionNumber(arn: string): number {
  return Number(arn.split(':').at(-1));
}

async function revisionTags(ecs: Ecs, arn: string): Promise<Tags> {
  const found = await ask(
    `describing the task definition ${arn}`,
    () => ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] })),
    { on: { 'not-found': () => undefined } },
  );
  return readEcsTags(found?.tags);
}

/** A revision is deregistered before it is deleted; deleted ones linger while a task still uses them. */
async function releaseFamily(ecs: Ecs, { name, environment }: Released<'task-definition'>): Promise<Release> {
  const active = await listRevisions(ecs, name, 'ACTIVE');
  for (const arn of active) {
    proveOurs({ what: `the task definition ${arn}`, tags: await revisionTags(ecs, arn), environment });
    await ask(
      `deregistering the task definition ${arn}`,
      () => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })),
      { on: { 'not-found': () => undefined } },
    );
  }
  const inactive = await listRevisions(ecs, name, 'INACTIVE');
  for (const arn of inactive.filter((one) => !active.includes(one))) {
    proveOurs({ what: `the task definition ${arn}`, tags: await revisionTags(ecs, arn), environment });
  }
  for (let from = 0; from < inactive.length; from += DELETE_AT_ONCE) {
    const taskDefinitions = inactive.slice(from, from + DELETE_AT_ONCE);
    await ask(`deleting revisions of the task definition ${name}`, () =>
      ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions })),
    );
  }
  const lingering = await listRevisions(ecs, name, 'DELETE_IN_PROGRESS');
  return active.length + inactive.length + lingering.length === 0
    ? { state: 'absent' }
    : { state: 'releasing', underWay: true, waitingFor: 'the task definition to be gone', requeueAfterSeconds: 5 };
}
