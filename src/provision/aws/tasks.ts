import { DescribeTasksCommand, ListTasksCommand, type ListTasksCommandInput, type Task } from '@aws-sdk/client-ecs';
import { ask } from './errors.ts';
import type { Ecs } from './services.ts';

/** `DescribeTasks` takes a hundred. */
const TASKS_AT_ONCE = 100;

/** The tasks with those ARNs that ECS still knows: a stopped one for an hour at least. */
export async function describeTasks(ecs: Ecs, cluster: string, arns: readonly string[]): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let from = 0; from < arns.length; from += TASKS_AT_ONCE) {
    const page = await ask('describing tasks', () =>
      ecs.send(new DescribeTasksCommand({ cluster, tasks: arns.slice(from, from + TASKS_AT_ONCE), include: ['TAGS'] })),
    );
    tasks.push(...(page.tasks ?? []));
  }
  return tasks;
}

/** Tasks by what ECS filters by. Unless told, those that are meant to run. */
export async function findTasks(
  ecs: Ecs,
  filter: ListTasksCommandInput & { readonly cluster: string },
): Promise<Task[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ask('listing tasks', () => ecs.send(new ListTasksCommand({ ...filter, nextToken })));
    arns.push(...(page.taskArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return await describeTasks(ecs, filter.cluster, arns);
}

/** The private addresses of a task's network interfaces. */
export function addressesOf({ attachments }: Task): string[] {
  return (attachments ?? [])
    .flatMap(({ details }) => details ?? [])
    .filter(({ name }) => name === 'privateIPv4Address')
    .map(({ value = '' }) => value);
}

export interface TaskEnd {
  /** Of the container in question. Null when it never ended by itself: it was not started, or was stopped before. */
  readonly exitCode: number | null;
  /** What ECS says, as part of a sentence and without a final stop; `container migrate ended with exit code 1`. */
  readonly cause: string;
}

/** Why a stopped task stopped, from one of its containers' point of view. */
export function endOf(task: Task, containerName: string): TaskEnd {
  const container = task.containers?.find(({ name }) => name === containerName);
  const exitCode = container?.exitCode ?? null;
  const why = [task.stoppedReason, container?.reason].filter((text) => text !== undefined && text !== '').join('; ');
  const ended = exitCode === null ? undefined : `container ${containerName} ended with exit code ${exitCode}`;
  const known = /essential container in task exited/i.test(why) ? undefined : why.replace(/\.$/, '');
  const cause = [ended, known].filter((text) => text !== undefined && text !== '').join('; ');
  return { exitCode, cause: cause === '' ? 'ECS gives no reason' : cause };
}
