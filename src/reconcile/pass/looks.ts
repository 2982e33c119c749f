import { type Attention, createAttention } from '../graph/attention.ts';
import type { Standing } from '../graph/standing.ts';
import type { Leaving } from '../graph/take-down.ts';
import type { EnvironmentRecord } from '../store.ts';

/** When this process last looked at what, for one life of one environment. */
export interface Looks {
  readonly up: Attention<Standing>;
  readonly down: Attention<Leaving>;
  /** What earlier commits asked for and the wanted one does not. */
  readonly prune: Attention<Leaving>;
  /** Workflow runs. */
  readonly runs: Attention<true>;
}

/**
 * Looks of all environments that this process worked on. The way up and the way down forget each other: what was ready
 * before a release began may be gone when the environment is wanted again.
 */
export interface LooksOfAll {
  of(record: EnvironmentRecord): Looks;
  drop(environmentId: string): void;
}

export function createLooks(): LooksOfAll {
  const held = new Map<string, Looks & { readonly life: number }>();
  return {
    of({ identity, life, intent }) {
      const before = held.get(identity.id);
      const looks =
        before?.life === life
          ? before
          : {
              life,
              up: createAttention<Standing>(),
              down: createAttention<Leaving>(),
              prune: createAttention<Leaving>(),
              runs: createAttention<true>(),
            };
      held.set(identity.id, looks);
      for (const attention of intent.state === 'present' ? [looks.down] : [looks.up, looks.prune]) {
        attention.forget();
      }
      return looks;
    },
    drop: (environmentId) => void held.delete(environmentId),
  };
}
