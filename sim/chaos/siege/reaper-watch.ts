import type { InventoryItem } from '../../aws/inventory-item.ts';
import type { Call, Guard } from '../../aws/wire/guard.ts';
import { isOurs } from '../truth/our-tags.ts';
import { type Violation, violation } from '../truth/violation.ts';
import { REAPER_CREDENTIALS } from './reaper-order.ts';

/** Stands before AWS and sees, of each change that the reaper asks for, whether the time of what it is about is over. */
export interface ReaperWatch {
  /** Lets everything pass. */
  readonly guard: Guard;
  readonly seen: readonly Violation[];
  /** Changes that the reaper asked for. */
  readonly changes: number;
}

export interface ReaperWatchOptions {
  readonly standing: () => readonly InventoryItem[];
  readonly now: () => Date;
  readonly graceSeconds: number;
}

const READS = /^(?:Describe|List|Get|BatchGet)/;
/**
 * Simulated: as old as the look may be that a change is made by. Whoever is given more time while the reaper is at it may
 * lose what is made anew at once.
 */
const LOOK_SECONDS = 300;

export function watchReaper({ standing, now, graceSeconds }: ReaperWatchOptions): ReaperWatch {
  const seen: Violation[] = [];
  /** When it was last so, by the environment's name. */
  const over = new Map<string, number>();
  let changes = 0;

  function watch({ operation, input }: Call): void {
    const at = now().getTime();
    const things = standing().filter(({ tags }) => isOurs(tags));
    const ends = endsOf(things);
    for (const [environment, end] of ends) {
      if (end + graceSeconds * 1000 <= at) {
        over.set(environment, at);
      }
    }
    if (READS.test(operation)) {
      return;
    }
    changes += 1;
    for (const environment of concerned(JSON.stringify(input), things)) {
      if (ends.has(environment) && (over.get(environment) ?? 0) < at - LOOK_SECONDS * 1000) {
        const end = ends.get(environment) ?? Infinity;
        const says =
          end === Infinity ? 'do not say for how long it lives' : `say that it lives to ${new Date(end).toISOString()}`;
        seen.push(violation(12, environment, `the reaper asked for ${operation}, and its tags ${says}`));
      }
    }
  }

  return {
    async guard(call, work) {
      if (call.accessKeyId === REAPER_CREDENTIALS.accessKeyId) {
        watch(call);
      }
      return await work();
    },
    seen,
    get changes() {
      return changes;
    },
  };
}

/** The latest expiry on any thing of an environment, by its name. */
function endsOf(things: readonly InventoryItem[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { tags } of things) {
    const { Environment: environment = '', TTL: ttl = '' } = tags;
    // What does not say when its time is over lives.
    const end = Number.isNaN(Date.parse(ttl)) ? Infinity : Date.parse(ttl);
    ends.set(environment, Math.max(end, ends.get(environment) ?? 0));
  }
  return ends;
}

/** Named in the request, or the owner of what is named in it. */
function concerned(input: string, things: readonly InventoryItem[]): ReadonlySet<string> {
  const owners = things.filter(({ arn }) => input.includes(`"${arn}"`)).map(({ tags }) => tags['Environment'] ?? '');
  const named = input.match(/\bpr-\d+\b/gi) ?? [];
  return new Set([...owners, ...named.map((name) => name.toLowerCase())]);
}
