import type { InventoryItem } from '../../aws/inventory-item.ts';
import { everythingIn } from '../../aws/page/inventories.ts';
import type { World } from '../../aws/world.ts';
import type { SimClock } from '../../clock.ts';
import { type Standing, standingOf } from './standing.ts';

/** What can be said of a resource by somebody who has looked all along. Instants are the simulated clock's. */
export interface Sighting {
  readonly item: InventoryItem;
  readonly standing: Standing;
  readonly firstSeen: Date;
  /** When it was first what was asked for. */
  readonly settledAt: Date | undefined;
  /** When its standing last changed. */
  readonly since: Date;
}

export interface Sightings {
  /** Everything of one environment, and for a moment what has just gone. */
  of(environment: string): readonly Sighting[];
  stop(): void;
}

const LOOK_EVERY_MS = 100;
/** Long enough for an eye to catch it, at any speed of the clock. */
const GONE_SHOWN_MS = 4_000;

interface Kept extends Sighting {
  readonly goneAtMs: number | undefined;
}

/**
 * Looks at the account itself all the time, not at what Mayfly makes of it. Environments are called `<prefix>-<number>`:
 * record sets carry no tags, so their names have to say whose they are.
 */
export function watchAccount(world: World, { clock, prefix }: { clock: SimClock; prefix: string }): Sightings {
  const named = new RegExp(`(?<![a-z0-9])${prefix}-\\d+(?!\\d)`, 'i');
  let kept = new Map<string, Kept>();
  let byOwner = new Map<string, Kept[]>();

  function ownerOf({ name, tags }: InventoryItem): string {
    return tags['Environment'] ?? named.exec(name)?.[0].toLowerCase() ?? '';
  }

  function look(): void {
    const next = new Map<string, Kept>();
    const now = clock.now();
    for (const item of everythingIn(world).filter((each) => !isRemembered(each))) {
      next.set(item.arn, seen(item, { before: kept.get(item.arn), now }));
    }
    const nowMs = performance.now();
    for (const [arn, before] of kept) {
      if (!next.has(arn) && nowMs - (before.goneAtMs ?? nowMs) < GONE_SHOWN_MS) {
        next.set(arn, before.goneAtMs === undefined ? gone(before, { now, nowMs }) : before);
      }
    }
    kept = next;
    byOwner = Map.groupBy(kept.values(), ({ item }) => ownerOf(item));
  }

  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    of: (environment) => byOwner.get(environment) ?? [],
    stop: () => clearInterval(timer),
  };
}

function seen(item: InventoryItem, { before, now }: { before: Kept | undefined; now: Date }): Kept {
  const standing = standingOf(item);
  // Something else may have come to bear the name of what went.
  const same = before && before.standing !== 'gone' ? before : undefined;
  return {
    item,
    standing,
    firstSeen: same?.firstSeen ?? now,
    settledAt: same?.settledAt ?? (standing === 'settled' ? now : undefined),
    since: same?.standing === standing ? same.since : now,
    goneAtMs: undefined,
  };
}

function gone(before: Kept, { now, nowMs }: { now: Date; nowMs: number }): Kept {
  return { ...before, standing: 'gone', since: now, goneAtMs: nowMs };
}

/** A deleted service can still be described for an hour, and is no more for that. */
function isRemembered({ kind, status }: InventoryItem): boolean {
  return kind === 'service' && status === 'INACTIVE';
}
