/** The first part of the name of every log stream a task writes. */
export const LOG_STREAM_PREFIX = 'task';

/** Where the `awslogs` driver writes what one container of one task says: `prefix/container/task id`. */
export function logStreamOf({ container, taskArn }: { container: string; taskArn: string }): string {
  return `${LOG_STREAM_PREFIX}/${container}/${taskArn.split('/').at(-1) ?? ''}`;
}
