import { createHash } from 'node:crypto';
import type { Mission } from '../rounds/mission.ts';

/** Those that `--only` names: of a journey, of a request's number, of a range of them, or with that in their name. */
export function selected(missions: readonly Mission[], only: string | undefined): readonly Mission[] {
  if (only === undefined) {
    return missions;
  }
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(only) ?? [];
  return missions.filter(({ id, journey, requests }) =>
    from === undefined
      ? journey === only || id.includes(only)
      : requests.some((index) => index >= Number(from) && index <= Number(to)),
  );
}

/** As many of them as asked for, drawn by the seed: each for itself, so that one more or less in the list moves no other. */
export function sample(
  missions: readonly Mission[],
  { seed, size }: { seed: number; size: number },
): readonly Mission[] {
  const lot = ({ id }: Mission): string => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  const drawn = new Set(missions.toSorted((one, other) => lot(one).localeCompare(lot(other))).slice(0, size));
  return missions.filter((mission) => drawn.has(mission));
}
