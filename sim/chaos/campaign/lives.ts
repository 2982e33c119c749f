import { JOURNEYS, type Journey, WAYS } from '../rounds/journey.ts';
import type { Life, Mission } from '../rounds/mission.ts';

/** Two clones each, for a while, of the fifteen that a source has. */
const MOST_RESETS_AT_ONCE = 7;

/**
 * Rounds of at most `atOnce` lives, which hold all missions, each life one of each journey at most. Those in which databases
 * are reset come last, and what awaits others at their end awaits nobody there.
 */
export function roundsOf(missions: readonly Mission[], atOnce: number): readonly (readonly Life[])[] {
  const left = new Map(JOURNEYS.map((journey) => [journey, missions.filter((mission) => mission.journey === journey)]));
  const resetsAtOnce = Math.min(atOnce, MOST_RESETS_AT_ONCE);
  const resets = Math.ceil(countOf('reset') / resetsAtOnce);
  const others = Math.ceil(
    Math.max(countOf('update'), countOf('destroy'), countOf('create') - resets * resetsAtOnce) / atOnce,
  );

  function countOf(journey: Journey): number {
    return left.get(journey)?.length ?? 0;
  }

  /** Neighbours together: whoever is held early would keep those back who are to come further. */
  function take(way: readonly Journey[], most: number): readonly Life[] {
    const columns = way.map((journey) => left.get(journey)?.splice(0, most) ?? []);
    return Array.from({ length: most }, (_, place) => lifeOf(columns.map((column) => column[place]))).filter(
      (life) => Object.keys(life).length > 0,
    );
  }

  return [
    ...Array.from({ length: others }, () => take(WAYS.update, atOnce)),
    ...Array.from({ length: resets }, () => take(['create', 'reset'], resetsAtOnce)),
  ];
}

function lifeOf(missions: readonly (Mission | undefined)[]): Life {
  return Object.fromEntries(missions.flatMap((mission) => (mission ? [[mission.journey, mission] as const] : [])));
}
