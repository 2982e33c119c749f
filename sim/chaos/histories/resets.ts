import type { Variant } from './blueprints.ts';
import type { Random } from './random.ts';
import type { Step, Who } from './step.ts';

export const RESET = '/ephemeral db reset';

/** Of histories in which some pull request has a database at some time. */
const WITH_RESETS = 0.7;
/** Of those in which none has: there it is refused. */
const WITHOUT_A_DATABASE = 0.1;
const MOST_RESETS = 3;

/** Behind so many of the steps, to this pull request. */
interface Place {
  readonly after: number;
  readonly pull: number;
}

/**
 * Puts resets of databases between the steps of a history, which otherwise stays as it was: a history of before resets
 * were drawn still has all that it had, in that order. `random` is to be another than that which drew the steps.
 */
export function withResets(steps: readonly Step[], random: Random): readonly Step[] {
  const places = placesIn(steps, (blueprint) => blueprint === 'a database');
  return random.chance(places.length > 0 ? WITH_RESETS : WITHOUT_A_DATABASE)
    ? put(steps, places.length > 0 ? places : placesIn(steps, () => true), random)
    : steps;
}

/** Wherever the pull request is open with such a blueprint. */
function placesIn(steps: readonly Step[], isMeant: (blueprint: Variant) => boolean): readonly Place[] {
  const blueprints = new Map<number, Variant>();
  return steps.flatMap((step, index) => {
    if ((step.do === 'open' || step.do === 'push') && step.blueprint !== 'same') {
      blueprints.set(step.pull, step.blueprint);
    }
    const meant = [...blueprints].filter(([, blueprint]) => isMeant(blueprint));
    return meant.map(([pull]) => ({ after: index + 1, pull }));
  });
}

function put(steps: readonly Step[], places: readonly Place[], random: Random): readonly Step[] {
  const count = 1 + random.below(MOST_RESETS);
  const drawn = Array.from({ length: count }, () => {
    const place = random.pick(places);
    return { after: place.after, steps: drawReset(random, place.pull) };
  });
  return [...steps.keys(), steps.length].flatMap((index) => [
    ...drawn.filter(({ after }) => after === index).flatMap((reset) => reset.steps),
    ...steps.slice(index, index + 1),
  ]);
}

/** Half of them meet what is on its way, half begin when everything is up. What follows meets the fresh clone on its way. */
function drawReset(random: Random, pull: number): Step[] {
  const who: Who = random.pick([
    'developer',
    'developer',
    'developer',
    'developer',
    'developer',
    'developer',
    'outsider',
  ]);
  const reset: Step = { do: 'say', pull, who, body: RESET };
  const seconds = random.pick([0, 2, 10, 25, 40, 60, 90]);
  return [
    ...(random.chance(0.5) ? [{ do: 'rest' } as const] : []),
    reset,
    ...(random.chance(0.25) ? [reset] : []),
    ...(seconds > 0 ? [{ do: 'wait', seconds } as const] : []),
  ];
}
