import type { Platform } from '../../src/config/platform.ts';
import { createPlanner } from '../../src/reconcile/plan/create-planner.ts';
import type { Plan } from '../../src/reconcile/plan/plan.ts';
import type { EnvironmentRecord, Resolution } from '../../src/reconcile/store.ts';

export interface Plans {
  /** What the environment is to be at its commit. Throws when its blueprint amounts to nothing. */
  of(record: EnvironmentRecord): Plan;
}

/** Plans each commit once: to plan is to read the whole blueprint, and the story looks at a plan ten times a second. */
export function createPlans(platform: Platform): Plans {
  const planner = createPlanner({ platform, blueprintPath: '.github/ephemeral.yml' });
  let last: { key: string; plan: Plan } | undefined;

  function made(record: EnvironmentRecord, resolution: Resolution): Plan {
    const planning = planner.plan(record, resolution);
    if (!planning.ok) {
      throw new Error(`the blueprint amounts to nothing: ${planning.problems.join('; ')}`);
    }
    return planning.plan;
  }

  return {
    of(record) {
      const { intent, life, resolution } = record;
      if (!resolution) {
        throw new Error('the blueprint amounts to nothing: it was not read');
      }
      const key = JSON.stringify([life, intent.headSha, intent.redeploys, intent.databaseResets, resolution.readAt]);
      if (last?.key !== key) {
        last = { key, plan: made(record, resolution) };
      }
      return last.plan;
    },
  };
}
