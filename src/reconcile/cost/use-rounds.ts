import type { Clock } from '../clock.ts';
import type { EnvironmentRecord, Store } from '../store.ts';
import type { CostMemory, UseSample } from './cost-memory.ts';
import type { DatabaseUse } from './database-use.ts';

const ROUND_SECONDS = 900;
const HOUR_MS = 3_600_000;
/** CloudWatch has a figure a few minutes after it was measured; what came later is read with the next round. */
const LATE_MS = 10 * 60_000;
/** The receipt of a life is not asked for again after this. */
const KEPT_MS = 90 * 24 * HOUR_MS;

export interface UseRoundPorts {
  readonly store: Pick<Store, 'liveEnvironments' | 'resources'>;
  readonly memory: CostMemory;
  readonly use: DatabaseUse;
  readonly clock: Clock;
  /** Told of a round that was cut short; the next one reads what this one did not. Must not throw. */
  onFailed(error: unknown): void;
}

export interface UseRounds {
  /**
   * Reads what was used since the round before, when one is due, for all environments at once and in the background: nobody
   * waits for CloudWatch. To be called often, by any process.
   */
  callRound(): Promise<void>;
  /** Resolves when no round is in hand. */
  idle(): Promise<void>;
}

/** A clone that runs, and from when on its use is not known. */
interface Clone {
  readonly record: EnvironmentRecord;
  readonly cluster: string;
  readonly since: Date;
}

export function createUseRounds({ store, memory, use, clock, onFailed }: UseRoundPorts): UseRounds {
  let inHand: Promise<void> | undefined;

  async function cloneOf(record: EnvironmentRecord): Promise<Clone | undefined> {
    const { id } = record.identity;
    const rows = await store.resources(id, record.life);
    const row = rows.find(({ kind, readyAt, goneAt }) => kind === 'clone-cluster' && readyAt && !goneAt);
    if (!row?.readyAt) {
      return undefined;
    }
    const known = (await memory.uses(id, record.life)).at(-1)?.until;
    return { record, cluster: row.name, since: known ?? hourOf(row.readyAt) };
  }

  async function round(now: Date): Promise<void> {
    const until = hourOf(new Date(now.getTime() - LATE_MS));
    const clones: Clone[] = [];
    for (const record of await store.liveEnvironments()) {
      const clone = await cloneOf(record);
      if (clone && clone.since < until) {
        clones.push(clone);
      }
    }
    if (clones.length > 0) {
      const since = new Date(Math.min(...clones.map((clone) => clone.since.getTime())));
      const read = await use.read(
        clones.map(({ cluster }) => cluster),
        { since, until },
      );
      for (const { record, cluster, since: unknownSince } of clones) {
        const samples = (read.get(cluster) ?? []).filter((sample: UseSample) => sample.since >= unknownSince);
        await memory.saveUses(record.identity.id, record.life, samples);
      }
    }
    await memory.forgetBefore(new Date(now.getTime() - KEPT_MS));
  }

  async function tryRound(now: Date): Promise<void> {
    try {
      await round(now);
    } catch (error) {
      onFailed(error);
    } finally {
      inHand = undefined;
    }
  }

  return {
    async callRound() {
      const now = clock.now();
      if (!inHand && (await memory.claimUseRound(now, ROUND_SECONDS))) {
        inHand ??= tryRound(now);
      }
    },
    idle: async () => await inHand,
  };
}

function hourOf(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / HOUR_MS) * HOUR_MS);
}
