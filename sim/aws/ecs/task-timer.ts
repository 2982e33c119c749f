import type { World } from '../world.ts';
import type { Task, TaskStatus } from './state.ts';

/** Runs the action after so many seconds, unless the task has left the status by then. */
export function later(
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
