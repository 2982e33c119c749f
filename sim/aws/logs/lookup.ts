import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { LogGroup, LogStream } from './state.ts';

/** Finds a group by its name, or by its ARN with or without the trailing `:*`. */
export function groupNamed(world: World, identifier: string | undefined): LogGroup {
  const name = identifier?.startsWith('arn:')
    ? identifier.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, '').replace(/:\*$/, '')
    : identifier;
  const group = world.logs.groups.get(name ?? '');
  if (!group) {
    throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return group;
}

export function streamNamed(group: LogGroup, name: string | undefined): LogStream {
  const stream = group.streams.get(name ?? '');
  if (!stream) {
    throw new Refusal('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  return stream;
}
