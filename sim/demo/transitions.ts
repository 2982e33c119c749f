import type { InventoryItem } from '../aws/inventory-item.ts';
import { everythingIn } from '../aws/page/inventories.ts';
import type { World } from '../aws/world.ts';
import type { SimClock } from '../clock.ts';

/** When a resource was first seen, and when AWS was done with it. */
export interface Span {
  readonly name: string;
  readonly kind: string;
  readonly from: Date;
  /** Undefined while AWS is still at it. */
  readonly until: Date | undefined;
}

/**
 * Watches the account itself, not what Mayfly makes of it, so that the time AWS takes can be told from the time
 * Mayfly loses. Exact to `everySeconds` of simulated time.
 */
export interface Transitions {
  /** Of resources whose physical name this is. */
  spanOf(kinds: readonly string[], name: string): Span | undefined;
  stop(): void;
}

/** What a resource says of itself once it is what was asked for. */
const SETTLED: Readonly<Record<string, (item: InventoryItem) => boolean>> = {
  'DB cluster (clone)': ({ status }) => status === 'available',
  'DB instance': ({ status }) => status === 'available',
  certificate: ({ status }) => status === 'ISSUED',
  service: ({ detail }) => detail?.['rollout'] === 'COMPLETED',
  'target group': ({ status }) => /(^|, )\d+ healthy/.test(status),
};

export function watchTransitions(world: World, clock: SimClock, everySeconds = 0.5): Transitions {
  const spans = new Map<string, { name: string; kind: string; from: Date; until: Date | undefined; seen: Date }>();
  let cancel = (): void => undefined;

  function look(): void {
    const now = clock.now();
    for (const item of everythingIn(world)) {
      const span = spans.get(item.arn) ?? {
        name: nameOf(item),
        kind: item.kind,
        from: now,
        until: undefined,
        seen: now,
      };
      span.seen = now;
      if (!span.until && SETTLED[item.kind]?.(item)) {
        span.until = now;
      }
      spans.set(item.arn, span);
    }
    cancel = clock.after(everySeconds, look);
  }

  look();
  return {
    spanOf: (kinds, name) => [...spans.values()].findLast((span) => kinds.includes(span.kind) && span.name === name),
    stop: () => cancel(),
  };
}

function nameOf({ name, tags }: InventoryItem): string {
  return tags['Name'] ?? name;
}
