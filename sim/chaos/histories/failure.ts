import type { Violation } from '../truth/violation.ts';
import { violationLine } from '../truth/violation.ts';
import type { Player } from './player.ts';
import { shrink } from './shrink.ts';
import { type History, type Step, tellSteps } from './step.ts';

/** A history after which something was untrue. */
export interface Failure {
  /** Its place among those of its seed; undefined for one that was given. */
  readonly index: number | undefined;
  /** The shortest that was found to fail; the whole one when it did not fail again. */
  readonly history: History;
  readonly violations: readonly Violation[];
  /** Whether it failed when it was played again: real concurrency makes no two runs alike. */
  readonly failsAgain: boolean;
  /** Plays it. */
  readonly command: string;
}

/** How often a part is played before it counts as one that does not fail. */
const TRIES = 2;
/** Shrinking is worth this much and no more. */
const SHRINKING_MILLISECONDS = 240_000;

/** Looks for the shortest history that leads to an untruth of the same statements. */
export async function shortestFailure(
  player: Player,
  { index, history, violations }: { index: number | undefined; history: History; violations: readonly Violation[] },
  signal?: AbortSignal,
): Promise<Failure> {
  const statements = new Set(violations.map(({ statement }) => statement));
  const end = Date.now() + SHRINKING_MILLISECONDS;
  const isEnough = () => Date.now() > end || signal?.aborted === true;
  let latest = violations;

  async function fails(steps: readonly Step[]): Promise<boolean> {
    for (let tries = 0; tries < TRIES && !isEnough(); tries += 1) {
      const found = await player.play({ ...history, steps });
      if (found.some(({ statement }) => statements.has(statement))) {
        latest = found;
        return true;
      }
    }
    return false;
  }

  const failsAgain = await fails(history.steps);
  const steps = failsAgain ? await shrink(history.steps, fails, isEnough) : history.steps;
  const shortest = { ...history, steps };
  return { index, history: shortest, violations: latest, failsAgain, command: commandOf(shortest) };
}

function commandOf(history: History): string {
  return `npm run chaos -- --history '${JSON.stringify(history).replaceAll("'", String.raw`'\''`)}'`;
}

/** As it is printed for whoever has to find out why. */
export function tellFailure({ index, history, violations, failsAgain, command }: Failure): string[] {
  const which = index === undefined ? 'The history' : `History ${index}, of seed ${history.seed},`;
  return [
    `${which} ends with ${violations.length} untrue${failsAgain ? '' : ', and did not when it was played again'}:`,
    ...violations.map((one) => `  ${violationLine(one)}`),
    ...tellSteps(history.steps).map((line) => `  ${line}`),
    `  ${command}`,
  ];
}
