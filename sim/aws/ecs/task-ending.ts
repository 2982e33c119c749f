import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { releaseNetworkInterface } from '../ec2/network-interfaces.ts';
import { deregisterTarget, targetHealth } from '../elbv2/targets.ts';
import type { World } from '../world.ts';
import type { Task } from './state.ts';
import { later } from './task-timer.ts';

const sigterm = 143;
const sigkill = 137;
const drainPollSeconds = 1;

interface StopCause {
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
    endTask(world, task, cause);
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
  for (const { program } of task.containers) {
    program?.terminate();
  }
  later(world, task, {
    seconds: world.durations.taskStopping,
    during: 'STOPPING',
    action: () => deprovision(world, task),
  });
}

/** Ends a task without draining: it failed to start, or an essential container has gone already. */
export function endTask(world: World, task: Task, cause: StopCause): void {
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
      // What took no heed of SIGTERM is killed; what is only simulated always heeds it.
      container.exitCode = container.program ? sigkill : sigterm;
      container.program?.kill();
      container.program = undefined;
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

function deregister(world: World, task: Task): void {
  for (const { targetGroupArn, ip, port } of task.targets) {
    deregisterTarget(world, targetGroupArn, { ip, port });
  }
}
