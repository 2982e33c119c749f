import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { attachNetworkInterface, releaseNetworkInterface } from '../ec2/network-interfaces.ts';
import { deregisterTarget, registerTarget, targetHealth } from '../elbv2/targets.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { containerFailureAtStart, type Exit, plannedExit, startedLines } from './container-run.ts';
import { logLine } from './container-log.ts';
import type { ContainerRun, Task, TaskStatus } from './state.ts';
import { prepareTask } from './task-preparation.ts';

// A task's life: PROVISIONING (network interface) -> PENDING (secrets, log drivers, images) -> ACTIVATING (containers
// run, targets are registered) -> RUNNING -> DEACTIVATING (targets drain; only with targets) -> STOPPING (SIGTERM)
// -> DEPROVISIONING -> STOPPED, and forgotten an hour later. A task that cannot start, or whose essential container
// exits, goes to DEPROVISIONING from wherever it is.

const sigterm = 143;
const drainPollSeconds = 1;

/** Runs the action after so many seconds, unless the task has left the status by then. */
function later(
  world: World,
  task: Task,
  { seconds, during, action }: { seconds: number; during: TaskStatus; action: () => void },
): void {
  world.clock.after(seconds, () => {
    if (task.lastStatus === during) {
      action();
      task.notify();
    }
  });
}

/** Sets a new task going. Everything that follows happens on the clock. */
export function beginTask(world: World, task: Task): void {
  world.ecs.tasks.set(task.arn, task);
  world.tagIndex.put(task.arn, task.tags);
  later(world, task, {
    seconds: world.durations.taskProvisioning,
    during: 'PROVISIONING',
    action: () => provision(world, task),
  });
}

function attachNetwork(world: World, task: Task): void {
  const { securityGroups = [] } = task.settings.networkConfiguration?.awsvpcConfiguration ?? {};
  const description = `arn:aws:ecs:${world.region}:${world.accountId}:attachment/${task.attachmentId}`;
  task.networkInterface = attachNetworkInterface(world, {
    subnetId: task.subnetId,
    groupIds: securityGroups,
    description,
  });
  world.ecs.tasksByIp.set(task.networkInterface.privateIp, task);
}

function provision(world: World, task: Task): void {
  try {
    if (task.revision.definition.networkMode === 'awsvpc') {
      attachNetwork(world, task);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const reason = `Unexpected EC2 error while attempting to Create Network Interface in subnet '${task.subnetId}': ${error.code}`;
    end(world, task, { code: 'TaskFailedToStart', reason });
    return;
  }
  pend(world, task);
}

function pend(world: World, task: Task): void {
  task.lastStatus = 'PENDING';
  task.pullStartedAt = world.clock.now();
  // What is missing is found out before the last image has come down.
  const untilPrepared = world.durations.taskPending / 3;
  later(world, task, { seconds: untilPrepared, during: 'PENDING', action: () => prepare(world, task) });
  later(world, task, {
    seconds: world.durations.taskPending,
    during: 'PENDING',
    action: () => startContainers(world, task),
  });
}

function prepare(world: World, task: Task): void {
  const failure = prepareTask(world, task);
  if (failure) {
    if (failure.container) {
      failure.container.reason = failure.stoppedReason;
    }
    end(world, task, { code: 'TaskFailedToStart', reason: failure.stoppedReason });
  }
}

function startContainers(world: World, task: Task): void {
  task.lastStatus = 'ACTIVATING';
  task.pullStoppedAt = world.clock.now();
  for (const container of task.containers) {
    container.lastStatus = 'RUNNING';
    for (const line of startedLines(world, container)) {
      logLine(world, { task, container }, line);
    }
  }
  for (const container of task.containers) {
    const failure = containerFailureAtStart(world, container);
    if (failure) {
      exit(world, { task, container }, failure);
    }
  }
  later(world, task, {
    seconds: world.durations.taskActivating,
    during: 'ACTIVATING',
    action: () => run(world, task),
  });
}

function run(world: World, task: Task): void {
  task.lastStatus = 'RUNNING';
  task.startedAt = world.clock.now();
  register(world, task);
  for (const container of task.containers) {
    const { listensAfterSeconds, exit: planned } = plannedExit(world, task, container);
    container.listensFrom =
      listensAfterSeconds === undefined ? undefined : new Date(task.startedAt.getTime() + listensAfterSeconds * 1000);
    if (planned) {
      world.clock.after(planned.afterSeconds, () => {
        exit(world, { task, container }, planned);
        task.notify();
      });
    }
  }
}

function register(world: World, task: Task): void {
  const ip = task.networkInterface?.privateIp;
  for (const { targetGroupArn, containerPort } of task.settings.loadBalancers) {
    // The group may have been deleted since the service was made.
    if (ip && targetGroupArn && containerPort !== undefined && world.elbv2.targetGroups.has(targetGroupArn)) {
      registerTarget(world, targetGroupArn, { ip, port: containerPort });
      task.targets.push({ targetGroupArn, ip, port: containerPort });
    }
  }
}

function deregister(world: World, task: Task): void {
  for (const { targetGroupArn, ip, port } of task.targets) {
    deregisterTarget(world, targetGroupArn, { ip, port });
  }
}

/** One container exits; the task ends with it if it is essential. */
function exit(world: World, { task, container }: { task: Task; container: ContainerRun }, planned: Exit): void {
  if (container.lastStatus !== 'RUNNING') {
    return;
  }
  for (const line of planned.lines) {
    logLine(world, { task, container }, line);
  }
  container.lastStatus = 'STOPPED';
  container.exitCode = planned.exitCode;
  container.listensFrom = undefined;
  if (container.definition.essential !== false) {
    end(world, task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
  }
}

export interface StopCause {
  readonly code: TaskStopCode;
  readonly reason: string;
}

function condemn(world: World, task: Task, { code, reason }: StopCause): void {
  task.desiredStatus = 'STOPPED';
  task.stopCode ??= code;
  task.stoppedReason ??= reason;
  task.stoppingAt ??= world.clock.now();
}

/** Asks a task to stop; it drains first. Asking again changes nothing. */
export function stopTask(world: World, task: Task, cause: StopCause): void {
  if (task.desiredStatus === 'STOPPED') {
    return;
  }
  if (task.lastStatus !== 'RUNNING') {
    end(world, task, cause);
    return;
  }
  condemn(world, task, cause);
  if (task.targets.length === 0) {
    signal(world, task);
    return;
  }
  task.lastStatus = 'DEACTIVATING';
  deregister(world, task);
  awaitDrained(world, task);
}

function awaitDrained(world: World, task: Task): void {
  const draining = task.targets.some(
    ({ targetGroupArn, ip, port }) => targetHealth(world, targetGroupArn, { ip, port }) === 'draining',
  );
  if (!draining) {
    signal(world, task);
    return;
  }
  later(world, task, {
    seconds: drainPollSeconds,
    during: 'DEACTIVATING',
    action: () => awaitDrained(world, task),
  });
}

function signal(world: World, task: Task): void {
  task.lastStatus = 'STOPPING';
  later(world, task, {
    seconds: world.durations.taskStopping,
    during: 'STOPPING',
    action: () => deprovision(world, task),
  });
}

/** Ends a task without draining: it failed to start, or an essential container has gone already. */
function end(world: World, task: Task, cause: StopCause): void {
  if (['DEPROVISIONING', 'STOPPED'].includes(task.lastStatus)) {
    return;
  }
  condemn(world, task, cause);
  deregister(world, task);
  deprovision(world, task);
}

function deprovision(world: World, task: Task): void {
  task.lastStatus = 'DEPROVISIONING';
  task.executionStoppedAt = world.clock.now();
  for (const container of task.containers) {
    if (container.lastStatus === 'RUNNING') {
      container.exitCode = sigterm;
    }
    container.lastStatus = 'STOPPED';
    container.listensFrom = undefined;
  }
  later(world, task, {
    seconds: world.durations.taskDeprovisioning,
    during: 'DEPROVISIONING',
    action: () => finish(world, task),
  });
}

function finish(world: World, task: Task): void {
  task.lastStatus = 'STOPPED';
  task.stoppedAt = world.clock.now();
  if (task.networkInterface) {
    world.ecs.tasksByIp.delete(task.networkInterface.privateIp);
    releaseNetworkInterface(world, task.networkInterface.id);
  }
  world.tagIndex.remove(task.arn);
  world.clock.after(world.durations.stoppedTaskForgotten, () => world.ecs.tasks.delete(task.arn));
}
