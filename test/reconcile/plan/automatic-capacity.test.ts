import { describe, expect, it } from '@jest/globals';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import type { Resolution } from '../../../src/reconcile/store.ts';
import { quickBlueprint } from '../../support/blueprints.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { testPlatform } from '../../support/platform.ts';

const planner = createPlanner({ platform: testPlatform(), blueprintPath: '.github/ephemeral.yml' });

function planOf(capacity: object, automaticMax?: number) {
  const record = environmentRecord(7);
  const resolution: Resolution = {
    headSha: record.intent.headSha,
    readAt: '2026-11-20T09:00:00Z',
    blueprint: quickBlueprint({ database: { capacity } }),
    changedPaths: [],
    baseCommits: {},
  };
  const planning = planner.plan(record, resolution, { automaticMax });
  if (!planning.ok) {
    throw new Error(planning.problems.join('\n'));
  }
  const clone = planning.plan.nodes.find(({ kind }) => kind === 'clone-cluster');
  const spec = clone?.spec({ outputs: () => ({}) } as never);
  return { database: planning.plan.database, spec };
}

describe('an automatic maximum', () => {
  it('begins where a clone begins without one, and is told its bounds', () => {
    const { database, spec } = planOf({ max: 'auto' });

    expect(spec).toMatchObject({ capacity: { min: 0.5, max: 2, autoPauseSeconds: 300 } });
    expect(database).toMatchObject({ capacity: '0.5 to 2 ACU', automatic: { least: 1, most: 16, start: 2 } });
  });

  it('is what the use made of it, and never less than the minimum', () => {
    expect(planOf({ max: 'auto' }, 3.5)).toMatchObject({
      spec: { capacity: { min: 0.5, max: 3.5 } },
      database: { capacity: '0.5 to 3.5 ACU' },
    });
    expect(planOf({ min: 4, max: 'auto' }, 1).spec).toMatchObject({ capacity: { min: 4, max: 4 } });
  });

  it('is not what a blueprint gets that sets one itself', () => {
    const { database, spec } = planOf({ max: 4 }, 1);

    expect(spec).toMatchObject({ capacity: { max: 4 } });
    expect(database?.automatic).toBeUndefined();
  });
});
