import { VARIANTS } from './blueprints.ts';
import { createRandom, type Random, seedOf } from './random.ts';
import { withResets } from './resets.ts';
import {
  AWS_TROUBLES,
  GITHUB_TROUBLES,
  HAND_DELETED,
  type History,
  type Step,
  WEBHOOK_TROUBLES,
  type Who,
} from './step.ts';

/** Pull requests of one history: more than there are slots. */
const PULLS = 3;
/** Pauses and openings apart. */
const FEWEST_STEPS = 4;
const MORE_STEPS = 13;

const COMMANDS = [
  '/ephemeral create',
  '/ephemeral destroy',
  '/ephemeral redeploy',
  '/ephemeral extend 1d',
  '/ephemeral extend 40w',
  '/ephemeral status',
  '/ephemeral levitate',
  '/ephemeral extend `rm -rf /`',
  'Looks good to me.',
  '> /ephemeral destroy',
] as const;
const SERVICES = ['rds', 'ecs', 'elasticloadbalancing', 'route53', 'logs', 'secretsmanager', 'ecr'] as const;

/** How often each happens, against the others. */
const DRAWS: readonly (readonly [weight: number, draw: (random: Random, pull: number) => Step])[] = [
  [6, (_, pull) => ({ do: 'label', pull })],
  [4, (_, pull) => ({ do: 'unlabel', pull })],
  [4, (_, pull) => ({ do: 'close', pull })],
  [4, (_, pull) => ({ do: 'reopen', pull })],
  [1, (_, pull) => ({ do: 'merge', pull })],
  [1, (_, pull) => ({ do: 'label as a bot', pull })],
  [6, drawPush],
  [8, drawComment],
  [5, (random, pull) => ({ do: 'delete by hand', pull, what: random.pick(HAND_DELETED) })],
  [3, (random) => ({ do: 'jump', seconds: random.pick([60, 600, 3700, 7200]) })],
  [5, (random) => ({ do: 'webhooks', trouble: random.pick(WEBHOOK_TROUBLES), times: 1 + random.below(2) })],
  [6, drawAwsTrouble],
  [5, drawGitHubTrouble],
  [6, () => ({ do: 'rest' })],
  [2, () => ({ do: 'cut database' })],
  [1, (random) => ({ do: 'database down', seconds: 10 + random.below(50) })],
  [2, () => ({ do: 'restart' })],
  [2, () => ({ do: 'second worker' })],
  [1, () => ({ do: 'end second worker' })],
];

/** Which of a seed's streams of chance says where databases are reset. */
const RESETS = 1;

/**
 * The history that follows from a seed: some pull requests, and what happens to them, one thing soon after the other. What
 * is drawn beside `drawSteps` has a stream of chance of its own, so that a seed goes on meaning what it meant.
 */
export function drawHistory(seed: number): History {
  return { seed, steps: withResets(drawSteps(seed), createRandom(seedOf(seed, RESETS))) };
}

/** Before a database was reset in any of them. */
export function drawSteps(seed: number): readonly Step[] {
  const random = createRandom(seed);
  const steps: Step[] = [];
  const count = FEWEST_STEPS + random.below(MORE_STEPS);
  steps.push(...(random.chance(0.4) ? drawBurst(random) : drawOneByOne(random)));
  // Half of all stories begin when everything is up.
  if (random.chance(0.5)) {
    steps.push({ do: 'rest' });
  }
  for (let step = 0; step < count; step += 1) {
    steps.push(drawStep(random));
    pause(random, steps);
  }
  return steps;
}

/** Everybody's labels within a moment: whoever counts slots is asked by all at once. */
function drawBurst(random: Random): Step[] {
  const pulls = Array.from({ length: PULLS }, (_, pull) => pull);
  return [...pulls.map((pull) => drawOpening(random, pull)), ...pulls.map((pull): Step => ({ do: 'label', pull }))];
}

function drawOneByOne(random: Random): Step[] {
  const steps: Step[] = [];
  for (let pull = 0; pull < PULLS; pull += 1) {
    steps.push(drawOpening(random, pull));
    if (random.chance(0.7)) {
      steps.push({ do: 'label', pull });
    }
    pause(random, steps);
  }
  return steps;
}

function drawOpening(random: Random, pull: number): Step {
  const from = random.chance(0.05) ? 'fork' : 'branch';
  return { do: 'open', pull, blueprint: random.pick(VARIANTS), from };
}

/** Mostly none or a moment, so that one thing meets another half-way; sometimes as long as an environment takes. */
function pause(random: Random, steps: Step[]): void {
  const seconds = random.pick([0, 0, 1, 2, 5, 10, 25, 60]);
  if (seconds > 0) {
    steps.push({ do: 'wait', seconds });
  }
}

function drawStep(random: Random): Step {
  const all = DRAWS.reduce((sum, [weight]) => sum + weight, 0);
  let at = random.below(all);
  const pull = random.below(PULLS);
  for (const [weight, draw] of DRAWS) {
    if (at < weight) {
      return draw(random, pull);
    }
    at -= weight;
  }
  throw new RangeError('the weights do not add up');
}

function drawPush(random: Random, pull: number): Step {
  const blueprint = random.chance(0.4) ? random.pick(VARIANTS) : 'same';
  return { do: 'push', pull, blueprint, who: random.chance(0.1) ? 'bot' : 'developer' };
}

function drawComment(random: Random, pull: number): Step {
  const who: Who = random.pick(['developer', 'developer', 'developer', 'developer', 'outsider', 'bot']);
  return { do: 'say', pull, who, body: random.pick(COMMANDS) };
}

function drawAwsTrouble(random: Random): Step {
  const trouble = random.pick(AWS_TROUBLES);
  const everywhere = random.chance(0.3);
  const reach = { skip: random.below(6), times: 1 + random.below(8) };
  return { do: 'AWS', trouble, ...(everywhere ? {} : { service: random.pick(SERVICES) }), ...reach };
}

function drawGitHubTrouble(random: Random): Step {
  return { do: 'GitHub', trouble: random.pick(GITHUB_TROUBLES), skip: random.below(4), times: 1 + random.below(5) };
}
