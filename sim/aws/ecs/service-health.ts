import type { World } from '../world.ts';
import { addEvent } from './service-events.ts';
import { wanted } from './service-tasks.ts';
import type { Service, Task } from './state.ts';
import { announceStops } from './task-counts.ts';
import { stopTask } from './task-ending.ts';
import { unhealthyIn } from './task-health.ts';

/** Until then a task's failing health checks are passed over. */
function graceEnds({ startedAt }: Task, graceSeconds = 0): Date | undefined {
  return startedAt && new Date(startedAt.getTime() + graceSeconds * 1000);
}

/** Stops the tasks that their load balancer finds unhealthy, once the service's grace period is over. */
export function replaceUnhealthyTasks(world: World, service: Service, tasks: readonly Task[]): void {
  const stopped: Task[] = [];
  for (const task of wanted(tasks)) {
    const targetGroupArn = unhealthyIn(world, task);
    const until = graceEnds(task, service.settings.healthCheckGracePeriodSeconds);
    if (targetGroupArn === undefined || !until || world.clock.now() < until) {
      continue;
    }
    const { port, reason } = complaint(world, task, targetGroupArn);
    addEvent(
      world,
      service,
      `(task ${task.id}) (port ${port}) is unhealthy in (target-group ${targetGroupArn}) due to (reason ${reason})`,
    );
    task.failedHealthChecks = true;
    stopTask(world, task, {
      code: 'ServiceSchedulerInitiated',
      reason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
    });
    stopped.push(task);
  }
  announceStops(world, service, stopped);
}

function complaint(world: World, task: Task, targetGroupArn: string): { port: number | undefined; reason: string } {
  const { ip, port } = task.targets.find((target) => target.targetGroupArn === targetGroupArn) ?? {};
  const target = world.elbv2.targetGroups.get(targetGroupArn)?.targets.get(`${ip}:${port}`);
  return { port, reason: target?.description ?? 'Health checks failed' };
}
