import { pointsOf, type ReferencePoint, type ReferenceRequest } from '../reference/reference-run.ts';
import type { Mission } from '../rounds/mission.ts';
import { faultsOf } from './fault-table.ts';

/**
 * Each way in which a call can fail, once for each operation: of one that may change something in every journey that it is
 * part of, of one that looks in the first.
 */
export function faultMissions(requests: readonly ReferenceRequest[]): readonly Mission[] {
  const first = new Map<string, ReferencePoint>();
  for (const reached of pointsOf(requests)) {
    const { journey, point } = reached;
    const key = point.mutates ? `${journey} ${point.operation}` : point.operation;
    first.set(key, first.get(key) ?? reached);
  }
  return [...first.values()].flatMap(({ journey, point, requests: own, isAlone }) =>
    faultsOf(point).map(({ name, strike, everyAttempt, mayFail }) => ({
      id: `${journey}/${point.id}/${name}`,
      journey,
      point,
      blow: { kind: 'fault' as const, strike, everyAttempt, mayFail },
      requests: own,
      isAlone,
    })),
  );
}
