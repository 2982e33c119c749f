import { JOURNEYS } from '../rounds/journey.ts';
import type { Life, Mission } from '../rounds/mission.ts';

/** Rounds of at most `atOnce` lives, which hold all missions, each life one of each journey at most. */
export function roundsOf(missions: readonly Mission[], atOnce: number): readonly (readonly Life[])[] {
  const columns = JOURNEYS.map((journey) => missions.filter((mission) => mission.journey === journey));
  const count = Math.max(0, ...columns.map(({ length }) => length));
  const rounds = Math.ceil(count / atOnce);
  // Neighbours together: whoever is held early would keep those back who are to come further.
  return Array.from({ length: rounds }, (_, round) =>
    Array.from({ length: atOnce }, (__, place) =>
      lifeOf(columns.map((column) => column[round * atOnce + place])),
    ).filter((life) => Object.keys(life).length > 0),
  );
}

function lifeOf(missions: readonly (Mission | undefined)[]): Life {
  return Object.fromEntries(missions.flatMap((mission) => (mission ? [[mission.journey, mission] as const] : [])));
}
