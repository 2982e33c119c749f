import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Listener } from './state.ts';

export function listenerOf(world: World, arn: string | undefined): Listener {
  const listener = arn === undefined ? undefined : world.elbv2.listeners.get(arn);
  if (!listener) {
    throw new Refusal('ListenerNotFoundException', 'One or more listeners not found');
  }
  return listener;
}
