import { describe, expect, it } from '@jest/globals';
import { roundsOf } from '../../sim/chaos/campaign/lives.ts';
import { sample, selected } from '../../sim/chaos/campaign/selection.ts';
import { crashMissions } from '../../sim/chaos/crash-points/crash-missions.ts';
import { faultMissions } from '../../sim/chaos/faults/fault-missions.ts';
import { createCounting } from '../../sim/chaos/gate/point.ts';
import type { ReferenceRequest } from '../../sim/chaos/reference/reference-run.ts';
import { JOURNEYS, type Journey } from '../../sim/chaos/rounds/journey.ts';

const look = { side: 'aws', operation: 'rds:DescribeDBInstances', subject: 'one', mutates: false } as const;
const change = { side: 'aws', operation: 'rds:CreateDBInstance', subject: 'one', mutates: true } as const;

/** The requests of a run, in which each journey looks four times and changes something once. */
function reference(): ReferenceRequest[] {
  const requests: ReferenceRequest[] = [];
  for (const journey of JOURNEYS) {
    const counting = createCounting();
    for (const one of [look, look, change, look, look]) {
      const point = counting.count({ ...one, environments: ['pr-7'], call: undefined }, 'pr-7');
      requests.push({ journey, index: requests.length, point, isAttributed: true });
    }
  }
  return requests;
}

describe('the crash points of a reference run', () => {
  const missions = crashMissions(reference());

  it('stand for every request of it, none of them twice', () => {
    const after = missions.filter(({ id }) => id.endsWith('/after'));
    expect(after.flatMap(({ requests }) => requests).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 5 * JOURNEYS.length }, (_, index) => index),
    );
  });

  it('are one before the work and one after it where something changes, and one where not', () => {
    const ids = missions.filter(({ journey }) => journey === 'create').map(({ id }) => id);
    expect(ids).toEqual([
      'create/aws rds:DescribeDBInstances one 1/after',
      'create/aws rds:DescribeDBInstances one 2/after',
      'create/aws rds:CreateDBInstance one 1/after',
      'create/aws rds:CreateDBInstance one 1/before',
      'create/aws rds:DescribeDBInstances one 3+/after',
    ]);
  });

  it('are all in some life, and no life has two of one journey', () => {
    const lives = roundsOf(missions, 2).flat();
    expect(lives.flatMap((life) => Object.values(life)).map(({ id }) => id)).toHaveLength(missions.length);
    for (const life of lives) {
      for (const [journey, mission] of Object.entries(life)) {
        expect(mission.journey).toBe(journey as Journey);
      }
    }
  });

  it('meet at its end nobody whose database was reset on the way, and eight of those would be more than a source has clones', () => {
    const many = Array.from({ length: 4 }, () => missions).flat();
    const rounds = roundsOf(many, 8);
    const withResets = rounds.filter((round) => round.some(({ reset }) => reset));
    expect(rounds.flat().flatMap((life) => Object.values(life))).toHaveLength(many.length);
    expect(withResets).not.toEqual([]);
    for (const round of withResets) {
      expect(round.length).toBeLessThanOrEqual(7);
      expect(round.filter(({ update, destroy }) => update ?? destroy)).toEqual([]);
    }
  });

  it('are found by journey, by request, by range and by name', () => {
    expect(selected(missions, 'update').every(({ journey }) => journey === 'update')).toBe(true);
    expect(selected(missions, '2').map(({ id }) => id)).toEqual([
      'create/aws rds:CreateDBInstance one 1/after',
      'create/aws rds:CreateDBInstance one 1/before',
    ]);
    expect(selected(missions, '3-4').map(({ id }) => id)).toEqual(['create/aws rds:DescribeDBInstances one 3+/after']);
    expect(selected(missions, 'destroy/aws rds:CreateDBInstance one 1/before')).toHaveLength(1);
    expect(selected(missions, undefined)).toEqual(missions);
  });

  it('are drawn by the seed and by nothing else', () => {
    const drawn = sample(missions, { seed: 1, size: 4 });
    expect(drawn).toHaveLength(4);
    expect(sample(missions, { seed: 1, size: 4 })).toEqual(drawn);
    expect(sample(missions, { seed: 2, size: 4 })).not.toEqual(drawn);
  });
});

describe('the faults of a reference run', () => {
  it('are every kind that an operation can meet, of a change in each journey and of a look once', () => {
    const missions = faultMissions(reference());
    const changes = missions.filter(({ point }) => point.mutates).map(({ id }) => id);
    for (const journey of JOURNEYS) {
      for (const kind of ['throttle', 'InternalFailure', 'lost request', 'lost answer', 'AccessDenied']) {
        expect(changes).toContain(`${journey}/aws rds:CreateDBInstance one 1/${kind}`);
      }
      expect(changes).toContain(`${journey}/aws rds:CreateDBInstance one 1/InstanceQuotaExceededFault`);
      expect(changes).toContain(`${journey}/aws rds:CreateDBInstance one 1/InvalidDBClusterStateFault`);
    }
    const looks = missions.filter(({ point }) => !point.mutates);
    expect(looks.map(({ journey }) => journey)).toEqual(looks.map(() => 'create'));
    expect(looks.map(({ id }) => id)).not.toContain('create/aws rds:DescribeDBInstances one 1/lost answer');
  });
});
