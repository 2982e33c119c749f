import { RunTaskCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { digestOf } from '../../../domain/digest.ts';
import { TransientError } from '../../../domain/failure.ts';
import type { AnonymiseTask, MaskOrder, TaskLook } from '../../../reconcile/source/ports.ts';
import { ask } from '../errors.ts';
import { toEcsTagList } from '../ownership.ts';
import type { Ecs } from '../services.ts';
import { describeTasks, endOf, findTasks } from '../tasks.ts';
import type { MaskLog } from './mask-log.ts';
import { sourceTags } from './source-tags.ts';

/** How the task is run, and what it is told. */
export interface MaskTask {
  readonly platform: string;
  readonly clusterArn: string;
  readonly family: string;
  readonly container: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly database: string;
  readonly rules: string;
  /** A path in the task's image; without it the database is spoken to as it is. */
  readonly caFile: string | undefined;
}

const LINES = 20;

/**
 * The task that masks, on ECS. `startedBy` and `clientToken` are a digest of source and attempt, so a task whose start was
 * never heard of is found, and ECS itself starts no other (RunTask, idempotency, ECS API reference). No secret is among what
 * it is told: its task definition takes those from where they are kept.
 */
export function createMaskTask({ ecs, log, mask }: { ecs: Ecs; log: MaskLog; mask: MaskTask }): AnonymiseTask {
  const { clusterArn: cluster, container } = mask;

  async function find(order: MaskOrder): Promise<Task | undefined> {
    if (order.taskArn !== null) {
      return (await describeTasks(ecs, cluster, [order.taskArn]))[0];
    }
    const startedBy = startedByOf(order);
    const [running] = await findTasks(ecs, { cluster, startedBy });
    return running ?? (await findTasks(ecs, { cluster, startedBy, desiredStatus: 'STOPPED' }))[0];
  }

  return {
    async observe(order): Promise<TaskLook> {
      const task = await find(order);
      if (!task) {
        return { state: 'absent' };
      }
      const taskArn = task.taskArn ?? '';
      if (task.lastStatus !== 'STOPPED') {
        return { state: 'running', taskArn };
      }
      const { exitCode, cause } = endOf(task, container);
      const lines = await log.tail(taskArn, LINES);
      // Many a program ends with 0 when it is told to go, whether it was through or not.
      return { state: 'ended', taskArn, exitCode: task.stopCode === 'UserInitiated' ? null : exitCode, cause, lines };
    },
    start: async (order) => await start(ecs, order, mask),
    async stop(task) {
      // ECS refuses to stop what it has forgotten.
      const [known] = await describeTasks(ecs, cluster, [task]);
      if (!known || known.lastStatus === 'STOPPED') {
        return;
      }
      await ask(
        'stopping the task that masks',
        () => ecs.send(new StopTaskCommand({ cluster, task, reason: 'Mayfly: the source is given up' })),
        { on: { 'not-found': () => undefined } },
      );
    },
  };
}

function startedByOf({ id, attempt }: MaskOrder): string {
  return digestOf({ id, attempt });
}

async function start(ecs: Ecs, order: MaskOrder, mask: MaskTask): Promise<string> {
  const { tasks = [], failures = [] } = await ask(`starting the task that masks ${order.id}`, () =>
    ecs.send(
      new RunTaskCommand({
        cluster: mask.clusterArn,
        taskDefinition: mask.family,
        launchType: 'FARGATE',
        count: 1,
        startedBy: startedByOf(order),
        clientToken: startedByOf(order),
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [...mask.subnetIds],
            securityGroups: [...mask.securityGroupIds],
            assignPublicIp: 'DISABLED',
          },
        },
        overrides: { containerOverrides: [{ name: mask.container, command: commandOf(order, mask) }] },
        enableECSManagedTags: true,
        tags: toEcsTagList(sourceTags({ platform: mask.platform, name: order.id })),
      }),
    ),
  );
  const [task] = tasks;
  if (task?.taskArn === undefined) {
    const reasons = failures.map(({ reason }) => reason ?? 'no reason').join(', ');
    throw new TransientError('Unavailable', `ECS did not start the task that masks ${order.id} (${reasons}).`);
  }
  return task.taskArn;
}

/** `mayfly anonymise`, as its image's entry point takes it. */
function commandOf({ id, snapshot, endpoint, port, user }: MaskOrder, { database, rules, caFile }: MaskTask): string[] {
  const address = `mysql://${encodeURIComponent(user)}@${endpoint}:${port}/${encodeURIComponent(database)}`;
  const told = {
    config: rules,
    database: address,
    source: id,
    'taken-at': snapshot.takenAt.toISOString(),
    ...(caFile !== undefined && { ca: caFile }),
  };
  return ['anonymise', ...Object.entries(told).flatMap(([name, value]) => [`--${name}`, value]), '--passport-lines'];
}
