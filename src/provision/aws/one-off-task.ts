import { RunTaskCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { digestOf } from '../../domain/digest.ts';
import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { OutputsOf, SpecOf } from '../../domain/resource.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import { ask } from './errors.ts';
import type { LogReader } from './log-reader.ts';
import { logStreamOf } from './log-stream.ts';
import { proveOurs, readEcsTags, recordLost, toEcsTagList } from './ownership.ts';
import type { Ecs } from './services.ts';
import { describeTasks, endOf, findTasks } from './tasks.ts';

type Wanted = Desired<'one-off-task'>;
type Seen = Observation<'one-off-task'>;
type Outputs = OutputsOf<'one-off-task'>;

const RECHECK_SECONDS = 5;
const LOG_LINES = 20;
const TIMED_OUT = 'Mayfly: timed out';

interface Parts {
  readonly ecs: Ecs;
  readonly logReader: LogReader;
  readonly clock: Clock;
}

/**
 * A task that runs once for a run key, whatever it ends with. `startedBy` is a digest of name and key, so a task whose
 * start was never heard of is found. ECS forgets a stopped task after an hour: its end is first handed over as an
 * output, to be recorded, and only a recorded end is judged.
 */
export function createOneOffTaskProvisioner(parts: Parts): Provisioner<'one-off-task'> {
  const { ecs, clock } = parts;

  async function observe(desired: Wanted): Promise<Seen> {
    const { spec, recorded } = desired;
    const mine = recorded?.runKey === spec.runKey ? recorded : undefined;
    if (mine?.finished === true) {
      return await judge(parts, desired, { runKey: spec.runKey, taskArn: '', exitCode: null, ...mine, finished: true });
    }
    const task = await findTask(ecs, desired);
    if (task) {
      return seen(task, { spec, now: clock.now() });
    }
    if (mine?.taskArn !== undefined) {
      // Started, and forgotten before its end was recorded: nobody knows how it ended, and it may not run again.
      return ended({ runKey: spec.runKey, taskArn: mine.taskArn, exitCode: null, finished: true });
    }
    return { state: 'absent' };
  }

  async function ensure(desired: Wanted, observed: Seen): Promise<Seen> {
    if (observed.state === 'drifted') {
      await stopTask(ecs, {
        cluster: desired.spec.clusterArn,
        task: observed.outputs.taskArn ?? '',
        reason: TIMED_OUT,
      });
      return pending('the task that ran too long to stop', observed.outputs);
    }
    const { recorded, spec } = desired;
    const former = recorded?.runKey === spec.runKey || recorded?.finished === true ? undefined : recorded?.taskArn;
    const running = former === undefined ? undefined : await findRunning(ecs, spec.clusterArn, former);
    return running ? await awaitFormer(parts, desired, running) : await run(ecs, desired);
  }

  return { kind: 'one-off-task', observe, ensure, release: async (released) => await releaseTask(ecs, released) };
}

function startedByOf({ name, spec }: { name: string; spec: SpecOf<'one-off-task'> }): string {
  return digestOf({ name, runKey: spec.runKey });
}

/** The remembered task, or whichever was started for this name and key. */
async function findTask(
  ecs: Ecs,
  { name, spec, recorded }: Omit<Released<'one-off-task'>, 'spec'> & { spec: SpecOf<'one-off-task'> },
): Promise<Task | undefined> {
  const cluster = spec.clusterArn;
  if (recorded?.runKey === spec.runKey && recorded.taskArn !== undefined) {
    return (await describeTasks(ecs, cluster, [recorded.taskArn]))[0];
  }
  const startedBy = startedByOf({ name, spec });
  const [running] = await findTasks(ecs, { cluster, startedBy });
  return running ?? (await findTasks(ecs, { cluster, startedBy, desiredStatus: 'STOPPED' }))[0];
}

async function findRunning(ecs: Ecs, cluster: string, arn: string): Promise<Task | undefined> {
  return (await describeTasks(ecs, cluster, [arn])).find(({ lastStatus }) => lastStatus !== 'STOPPED');
}

/** Two migrations at once would meet in the tables. The former run stays on record, so that it is neither forgotten nor left running. */
async function awaitFormer({ ecs, clock }: Parts, { spec, recorded = {} }: Wanted, former: Task): Promise<Seen> {
  if (ranTooLong(former, spec, clock.now())) {
    await stopTask(ecs, { cluster: spec.clusterArn, task: former.taskArn ?? '', reason: TIMED_OUT });
  }
  return pending('its former run to end', recorded);
}

function ranTooLong(
  { createdAt, desiredStatus }: Task,
  { timeoutSeconds }: SpecOf<'one-off-task'>,
  now: Date,
): boolean {
  const seconds = (now.getTime() - (createdAt ?? now).getTime()) / 1000;
  return seconds > timeoutSeconds && desiredStatus !== 'STOPPED';
}

function seen(task: Task, { spec, now }: { spec: SpecOf<'one-off-task'>; now: Date }): Seen {
  const outputs = { runKey: spec.runKey, taskArn: task.taskArn ?? '', exitCode: null, finished: false };
  if (task.lastStatus === 'STOPPED') {
    return ended({ ...outputs, exitCode: ownExitCode(task, spec.container), finished: true });
  }
  if (ranTooLong(task, spec, now)) {
    return { state: 'drifted', outputs, drift: ['running too long'] };
  }
  return pending(`the task to end (${(task.lastStatus ?? 'starting').toLowerCase()})`, outputs);
}

/** Null when somebody had it stopped: many a program ends with 0 when it is told to go, whether it was through or not. */
function ownExitCode(task: Task, container: string): number | null {
  return task.stopCode === 'UserInitiated' ? null : endOf(task, container).exitCode;
}

/** An end that is to be recorded before it is judged. */
function ended(outputs: Outputs): Seen {
  return outputs.exitCode === 0
    ? { state: 'ready', outputs }
    : { state: 'pending', outputs, waitingFor: 'its end to be recorded', requeueAfterSeconds: 1 };
}

/** Judges a recorded end; what ECS and the log still know goes with it. */
async function judge(parts: Parts, desired: Wanted, outputs: Outputs): Promise<Seen> {
  if (outputs.exitCode === 0) {
    return { state: 'ready', outputs };
  }
  const { spec } = desired;
  const [task] = await describeTasks(parts.ecs, spec.clusterArn, [outputs.taskArn]);
  const details = await parts.logReader.tail({
    logGroup: spec.logGroup,
    streamPrefix: logStreamOf({ container: spec.container, taskArn: outputs.taskArn }),
    lines: LOG_LINES,
  });
  if (task?.stoppedReason?.includes(TIMED_OUT) === true) {
    const message = `was stopped: it ran for more than ${spec.timeoutSeconds} seconds`;
    throw new TerminalError('TaskTimedOut', message, { actor: 'author', details });
  }
  const cause = task ? endOf(task, spec.container).cause : causeRemembered(spec.container, outputs);
  throw new TerminalError('TaskFailed', `failed: ${cause}`, { actor: 'author', details });
}

function causeRemembered(container: string, { exitCode }: Outputs): string {
  return exitCode === null ? 'ECS no longer knows why' : `container ${container} ended with exit code ${exitCode}`;
}

async function run(ecs: Ecs, desired: Wanted): Promise<Seen> {
  const { name, spec, tags } = desired;
  const { tasks = [], failures = [] } = await ask(`starting the task ${name}`, () =>
    ecs.send(
      new RunTaskCommand({
        cluster: spec.clusterArn,
        taskDefinition: spec.taskDefinitionArn,
        launchType: 'FARGATE',
        count: 1,
        startedBy: startedByOf(desired),
        clientToken: startedByOf(desired),
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: spec.network.subnetIds,
            securityGroups: spec.network.securityGroupIds,
            assignPublicIp: 'DISABLED',
          },
        },
        enableECSManagedTags: true,
        tags: toEcsTagList(tags),
      }),
    ),
  );
  const [task] = tasks;
  if (!task) {
    const reasons = failures.map(({ reason }) => reason ?? 'no reason').join(', ');
    throw new TransientError('Unavailable', `ECS did not start the task ${name} (${reasons}).`);
  }
  const outputs = { runKey: spec.runKey, taskArn: task.taskArn ?? '', exitCode: null, finished: false };
  return pending('the task to end (starting)', outputs);
}

interface Stopping {
  readonly cluster: string;
  readonly task: string;
  readonly reason: string;
}

async function stopTask(ecs: Ecs, stopping: Stopping): Promise<void> {
  await ask('stopping a task', () => ecs.send(new StopTaskCommand({ ...stopping })), {
    on: { 'not-found': () => undefined },
  });
}

function pending(waitingFor: string, outputs: Partial<Outputs>): Seen {
  return { state: 'pending', outputs, waitingFor, requeueAfterSeconds: RECHECK_SECONDS };
}

async function releaseTask(ecs: Ecs, released: Released<'one-off-task'>): Promise<Release> {
  const { name, environment, spec, recorded } = released;
  const cluster = spec?.clusterArn ?? clusterIn(recorded?.taskArn);
  if (cluster === undefined) {
    throw recordLost(`the task ${name}`, 'its cluster');
  }
  const remembered = recorded?.taskArn === undefined ? [] : await describeTasks(ecs, cluster, [recorded.taskArn]);
  const started = spec ? await findTasks(ecs, { cluster, startedBy: startedByOf({ name, spec }) }) : [];
  const running = [...remembered, ...started].filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  for (const { taskArn = '', tags, desiredStatus } of running) {
    proveOurs({ what: `the task ${taskArn}`, tags: readEcsTags(tags), environment });
    if (desiredStatus !== 'STOPPED') {
      await stopTask(ecs, { cluster, task: taskArn, reason: 'Mayfly: the environment goes' });
    }
  }
  return running.length === 0
    ? { state: 'absent' }
    : { state: 'releasing', underWay: true, waitingFor: 'the task to stop', requeueAfterSeconds: RECHECK_SECONDS };
}

/** Of `arn:aws:ecs:region:account:task/cluster/id`. */
function clusterIn(taskArn: string | undefined): string | undefined {
  const [, cluster, id] = taskArn?.split('/') ?? [];
  return id === undefined ? undefined : cluster;
}
