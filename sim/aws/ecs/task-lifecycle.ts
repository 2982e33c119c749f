import { attachNetworkInterface } from '../ec2/network-interfaces.ts';
import { registerTarget } from '../elbv2/targets.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { logLine } from './container-log.ts';
import { runInContainer } from './container-program.ts';
import { containerFailureAtStart, type Exit, plannedExit, startedLines } from './container-run.ts';
import type { Program } from './program.ts';
import { programOf } from './programs.ts';
import type { ContainerRun, Task } from './state.ts';
import { endTask } from './task-ending.ts';
import { prepareTask } from './task-preparation.ts';
import { later } from './task-timer.ts';

// A task's life: PROVISIONING (network interface) -> PENDING (secrets, log drivers, images) -> ACTIVATING (containers
// run, targets are registered) -> RUNNING -> DEACTIVATING (targets drain; only with targets) -> STOPPING (SIGTERM)
// -> DEPROVISIONING -> STOPPED, and forgotten an hour later. A task that cannot start, or whose essential container
// exits, goes to DEPROVISIONING from wherever it is.

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
    endTask(world, task, { code: 'TaskFailedToStart', reason });
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
    endTask(world, task, { code: 'TaskFailedToStart', reason: failure.stoppedReason });
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
    const program = programOf(world, task, container);
    if (program) {
      work(world, { task, container, program });
      continue;
    }
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

/** Whatever the clock says, it takes as long as it takes. */
function work(world: World, running: { task: Task; container: ContainerRun; program: Program }): void {
  const { task, container } = running;
  if (container.lastStatus === 'RUNNING') {
    container.program = runInContainer(world, running, (exitCode) => {
      exit(world, running, { exitCode, lines: [] });
      task.notify();
    });
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
  container.program = undefined;
  if (container.definition.essential !== false) {
    endTask(world, task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
  }
}
