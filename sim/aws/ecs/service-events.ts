import type { World } from '../world.ts';
import type { Service } from './state.ts';

const keptEvents = 100;
const duplicateWindowMs = 6 * 3_600_000;

/** Adds `(service <name>) <text>`; only the newest 100 are kept. */
export function addEvent(world: World, service: Service, text: string): void {
  const id = world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  service.events.unshift({ id, createdAt: world.clock.now(), message: `(service ${service.name}) ${text}` });
  service.events.length = Math.min(service.events.length, keptEvents);
}

/** For events that ECS does not repeat within six hours. */
export function addEventOnce(world: World, service: Service, text: string): void {
  const since = world.clock.now().getTime() - duplicateWindowMs;
  const message = `(service ${service.name}) ${text}`;
  const recent = service.events.some(
    (event) => event.message === message && event.createdAt !== undefined && event.createdAt.getTime() > since,
  );
  if (!recent) {
    addEvent(world, service, text);
  }
}
