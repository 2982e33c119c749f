import { pointsOf, type ReferenceRequest } from '../reference/reference-run.ts';
import type { Mission } from '../rounds/mission.ts';

/**
 * A death of the server at each point: with the work done and not answered; where the request may change something, also
 * with the work not done. To die before a look or after it is the same.
 */
export function crashMissions(requests: readonly ReferenceRequest[]): readonly Mission[] {
  return pointsOf(requests).flatMap(({ journey, point, requests: own, isAlone }) => {
    const moments = point.mutates ? (['after', 'before'] as const) : (['after'] as const);
    return moments.map((when) => ({
      id: `${journey}/${point.id}/${when}`,
      journey,
      point,
      blow: { kind: 'crash' as const, when },
      requests: own,
      isAlone,
    }));
  });
}
