import { availableParallelism } from 'node:os';
import { violationLine } from '../truth/violation.ts';
import { drawHistory } from './draw.ts';
import { type Failure, shortestFailure, tellFailure } from './failure.ts';
import type { Player } from './player.ts';
import { seedOf } from './random.ts';
import { createRemotePlayer } from './remote-player.ts';
import type { History } from './step.ts';

export interface HistoriesOptions {
  readonly runs: number;
  readonly seed: number;
  /** The first to be played, for a run that goes on where another ended. */
  readonly from?: number;
  /** Played in place of what the seed would give. */
  readonly histories?: readonly History[];
  /** Told a line at a time. */
  readonly log?: (line: string) => void;
  /** What is being played is ended, and the result is of what was. */
  readonly signal?: AbortSignal;
  /** How many are played at once. */
  readonly players?: number;
  readonly newPlayer?: () => Player | Promise<Player>;
}

export interface HistoriesResult {
  readonly seed: number;
  /** Histories that were played to their end, shrinking apart. */
  readonly runs: number;
  /** How often each kind of step was played. */
  readonly steps: Readonly<Record<string, number>>;
  /** Untruths of all histories. */
  readonly violations: number;
  readonly failures: readonly Failure[];
  readonly seconds: number;
}

interface Numbered {
  readonly index: number | undefined;
  readonly history: History;
}

/**
 * Plays random histories, each a function of `seed` and its number, on as many worlds as there are cores, and shrinks
 * those that fail. Which step meets which half-way is decided by real concurrency: a seed gives the same steps, and the
 * same kinds of meetings, but not the same instants.
 */
export async function runHistories(options: HistoriesOptions): Promise<HistoriesResult> {
  const {
    seed,
    signal,
    players = availableParallelism(),
    newPlayer = createRemotePlayer,
    log = () => undefined,
  } = options;
  const begun = performance.now();
  const waiting = numbered(options);
  const failures: Failure[] = [];
  const steps: Record<string, number> = {};
  let runs = 0;

  async function playOne(player: Player, { index, history }: Numbered): Promise<void> {
    const violations = await player.play(history);
    if (signal?.aborted) {
      return;
    }
    runs += 1;
    for (const { do: what } of history.steps) {
      steps[what] = (steps[what] ?? 0) + 1;
    }
    if (violations.length > 0) {
      log(`history ${index ?? ''} ended with what follows; the shortest that does is looked for`);
      violations.forEach((one) => log(`  ${violationLine(one)}`));
      const failure = await shortestFailure(player, { index, history, violations }, signal);
      failures.push(failure);
      tellFailure(failure).forEach((line) => log(line));
    } else if (runs % 10 === 0) {
      log(`${runs} histories played, ${failures.length} failed`);
    }
  }

  async function playAll(): Promise<void> {
    const player = await newPlayer();
    try {
      for (let next = waiting.shift(); next && !signal?.aborted; next = waiting.shift()) {
        await playOne(player, next);
      }
    } finally {
      await player.stop();
    }
  }

  await Promise.all(Array.from({ length: Math.min(players, waiting.length) }, playAll));
  return {
    seed,
    runs,
    steps,
    violations: failures.reduce((sum, failure) => sum + failure.violations.length, 0),
    failures,
    seconds: (performance.now() - begun) / 1000,
  };
}

function numbered({ runs, seed, from = 0, histories }: HistoriesOptions): Numbered[] {
  return (
    histories?.map((history) => ({ index: undefined, history })) ??
    Array.from({ length: runs }, (_, offset) => {
      const index = from + offset;
      return { index, history: drawHistory(seedOf(seed, index)) };
    })
  );
}
