import { VARIANTS } from '../histories/blueprints.ts';
import type { PullStep } from '../histories/play.ts';
import { createRandom, type Random, seedOf } from '../histories/random.ts';

/** Who is killed. */
export const MORTALS = ['server 1', 'server 2', 'reaper'] as const;
export type Mortal = (typeof MORTALS)[number];

/** Something that happens; times are real seconds, since processes live in real time. */
export type Happening =
  | { readonly at: number; readonly kind: 'death'; readonly of: Mortal; readonly deadSeconds: number }
  | { readonly at: number; readonly kind: 'step'; readonly step: PullStep };

/** As many pull requests are acted on at a time. */
const PULLS = 12;
/** The first ones are opened in a tenth of the time, or in this if that is less. */
const OPENING_SECONDS = 10;

/** A process loads for a second or two, and sometimes dies while it does. */
const LIFE_SECONDS = [0.5, 2, 3, 5, 8, 12, 16] as const;
const DEAD_SECONDS = [0, 0.5, 1, 2, 3, 5] as const;
const STEP_SECONDS = [0.1, 0.3, 0.5, 0.8, 1, 1.5] as const;

const COMMANDS = [
  '/ephemeral create',
  '/ephemeral create',
  '/ephemeral destroy',
  '/ephemeral redeploy',
  '/ephemeral extend 1d',
  '/ephemeral status',
  'Looks good to me.',
] as const;

/** How often each happens, against the others. */
const DRAWS: readonly (readonly [weight: number, draw: (random: Random, pull: number) => PullStep])[] = [
  [8, (_, pull) => ({ do: 'label', pull })],
  [3, (_, pull) => ({ do: 'unlabel', pull })],
  [4, (_, pull) => ({ do: 'close', pull })],
  [6, (_, pull) => ({ do: 'reopen', pull })],
  [1, (_, pull) => ({ do: 'merge', pull })],
  [6, (random, pull) => ({ do: 'push', pull, blueprint: random.pick(['same', ...VARIANTS]), who: 'developer' })],
  [6, (random, pull) => ({ do: 'say', pull, who: 'developer', body: random.pick(COMMANDS) })],
];
const BAG = DRAWS.flatMap(([weight, draw]) => Array.from({ length: weight }, () => draw));

/**
 * All that happens in a siege of so many seconds, in order: a function of the seed. Each process lives and dies by
 * itself, so that any two, or all, may be dead at once. Who is dead does not die, and after the last second nobody does.
 */
export function drawSiege({ seed, seconds }: { seed: number; seconds: number }): readonly Happening[] {
  const deaths = MORTALS.flatMap((of, index) => drawDeaths(of, { random: createRandom(seedOf(seed, index)), seconds }));
  const steps = drawSteps(createRandom(seedOf(seed, MORTALS.length)), seconds);
  return [...deaths, ...steps].toSorted((one, other) => one.at - other.at);
}

function drawDeaths(of: Mortal, { random, seconds }: { random: Random; seconds: number }): Happening[] {
  const deaths: Happening[] = [];
  let at = random.pick(LIFE_SECONDS);
  while (at < seconds) {
    const deadSeconds = random.pick(DEAD_SECONDS);
    deaths.push({ at, kind: 'death', of, deadSeconds });
    at += deadSeconds + random.pick(LIFE_SECONDS);
  }
  return deaths;
}

function drawSteps(random: Random, seconds: number): Happening[] {
  const steps: Happening[] = [];
  const opening = Math.min(OPENING_SECONDS, seconds / 10);
  let opened = 0;

  function open(at: number): void {
    const pull = opened;
    opened += 1;
    steps.push({ at, kind: 'step', step: { do: 'open', pull, blueprint: random.pick(VARIANTS), from: 'branch' } });
    if (random.chance(0.7)) {
      steps.push({ at, kind: 'step', step: { do: 'label', pull } });
    }
  }

  for (let first = 0; first < PULLS; first += 1) {
    open((opening * first) / PULLS);
  }
  for (let at = opening; at < seconds; at += random.pick(STEP_SECONDS)) {
    const step = random.pick(BAG)(random, opened - 1 - random.below(PULLS));
    steps.push({ at, kind: 'step', step });
    if (step.do === 'merge') {
      // Nothing happens to it any more, so another one takes its place.
      open(at);
    }
  }
  return steps;
}
