import type { Kept } from './kept.ts';
import { isAcknowledged } from './kept.ts';
import type { Memory } from './memory.ts';
import type { Delivered } from './send-deliveries.ts';

const MOST_MS_P99 = 250;

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadReport {
  readonly ok: boolean;
  /** Each with whether it holds. */
  readonly goals: Readonly<Record<string, boolean>>;
  readonly rate: number;
  readonly seconds: number;
  readonly seed: number;
  readonly deliveries: {
    readonly sent: number;
    /** Of those that GitHub signed. */
    readonly acknowledged: number;
    readonly notAcknowledged: number;
    /** Answers to those, by status; 0 is none. */
    readonly otherAnswers: Readonly<Record<string, number>>;
    readonly repeated: number;
    readonly forged: number;
    readonly forgedLetIn: number;
  };
  /** From when a delivery was due until it was acknowledged. */
  readonly milliseconds: Spread;
  /** How late the sender itself was; a part of the above. */
  readonly senderLateMilliseconds: Spread;
  readonly kept: Omit<Kept, 'lost'> & { readonly lost: number };
  readonly memory: Memory;
  /** Of the server alone, while the load lasted. */
  readonly serverCpuSeconds: number;
  /** What the server's log says of how much waits, while it was under load and just after. */
  readonly queueDepth: readonly object[];
  /** Lines of its log by level, from warnings on. */
  readonly log: Readonly<Record<string, number>>;
}

export function reportOf({
  delivered,
  kept,
  ...rest
}: {
  delivered: readonly Delivered[];
  kept: Kept;
} & Pick<LoadReport, 'rate' | 'seconds' | 'seed' | 'memory' | 'serverCpuSeconds' | 'queueDepth' | 'log'>): LoadReport {
  const signed = delivered.filter(({ message }) => message.fate !== 'refused');
  const forged = delivered.filter(({ message }) => message.fate === 'refused');
  const others = signed.filter(({ status }) => !isAcknowledged(status));
  const milliseconds = spreadOf(signed.map((each) => each.milliseconds));
  const forgedLetIn = forged.filter(({ status }) => status !== 400).length;
  const goals = {
    allAcknowledged: others.length === 0,
    p99Below250Milliseconds: milliseconds.p99 < MOST_MS_P99,
    noneLost: kept.lost.length === 0,
    noForgedOneLetIn: forgedLetIn === 0,
    memoryFlat: rest.memory.flat,
    backPressureVisible: rest.queueDepth.length > 0,
  };
  return {
    ok: Object.values(goals).every(Boolean),
    goals,
    ...rest,
    deliveries: {
      sent: delivered.length,
      acknowledged: signed.length - others.length,
      notAcknowledged: others.length,
      otherAnswers: countBy(others.map(({ status }) => String(status))),
      repeated: delivered.filter(({ repeats }) => repeats !== null).length,
      forged: forged.length,
      forgedLetIn,
    },
    milliseconds,
    senderLateMilliseconds: spreadOf(delivered.map((each) => each.lateMilliseconds)),
    kept: { ...kept, lost: kept.lost.length },
  };
}

/** Percentiles by the nearest rank; whole tenths of what was measured. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => tenths(sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

export function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
