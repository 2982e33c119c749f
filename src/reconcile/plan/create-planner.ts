import type { Blueprint } from '../../config/blueprint/blueprint.ts';
import type { Platform } from '../../config/platform.ts';
import { BUDGET_WORDS, budgetLimits, excessOf } from '../../domain/budget.ts';
import { TerminalError } from '../../domain/failure.ts';
import { renderTemplate } from '../../domain/template.ts';
import { touchedServices } from '../../domain/touched-services.ts';
import type { MigrationsPlace } from '../migrations/migrations-place.ts';
import type { BuiltService } from '../resolve.ts';
import type { BlueprintTerms } from '../store.ts';
import { blueprintOf } from './blueprint-of.ts';
import { ownWorkloads, planContext } from './context.ts';
import type { Plan } from './plan.ts';
import { planEnvironment } from './plan-environment.ts';
import { namedSource } from './planned-source.ts';
import type { Planner, Planning } from './planner.ts';
import { platformProblems } from './platform-fit.ts';

/** Plans environments of one platform. */
export function createPlanner({ platform, blueprintPath }: { platform: Platform; blueprintPath: string }): Planner {
  return {
    plan(record, resolution, { source = namedSource(platform), automaticMax } = {}): Planning {
      const read = blueprintOf(resolution, blueprintPath);
      if (!read.ok) {
        return read;
      }
      const context = planContext({ platform, blueprint: read.blueprint, record, resolution, source, automaticMax });
      const unfit = platformProblems(context);
      if (unfit.length > 0) {
        return { ok: false, reason: 'BlueprintInvalid', problems: unfit.map((text) => `${blueprintPath}, ${text}`) };
      }
      try {
        return fitting({ ...planEnvironment(context), refusals: read.refusals }, platform);
      } catch (error) {
        if (error instanceof TerminalError) {
          return { ok: false, reason: error.reason, problems: [error.message] };
        }
        throw error;
      }
    },
    untouched(texts, changedPaths): readonly BuiltService[] {
      const read = blueprintOf(texts, blueprintPath);
      if (!read.ok || !read.blueprint.images.fallback) {
        return [];
      }
      const { branch } = read.blueprint.images.fallback;
      const own = ownWorkloads(read.blueprint);
      const touched = new Set(touchedServices(changedPaths, own));
      return Object.entries(own)
        .filter(([name]) => !touched.has(name))
        .map(([name, { paths }]) => ({ name, paths, branch }));
    },
    migrations(texts): MigrationsPlace | undefined {
      const read = blueprintOf(texts, blueprintPath);
      return read.ok ? migrationsPlace(read.blueprint) : undefined;
    },
    terms(texts): BlueprintTerms | undefined {
      const read = blueprintOf(texts, blueprintPath);
      if (!read.ok) {
        return undefined;
      }
      const { ttlSeconds, limits } = read.blueprint;
      return { ttlSeconds, ...limits };
    },
  };
}

function migrationsPlace({ database, refs }: Blueprint): MigrationsPlace | undefined {
  if (!database?.migrations) {
    return undefined;
  }
  const { tool, path, searchPath, contexts, elsewhere } = database.migrations;
  const known = Object.fromEntries(Object.entries(refs).map(([name, ref]) => [`ref.${name}`, ref.default]));
  const ref = renderTemplate(elsewhere?.ref ?? '', known);
  return {
    tool,
    path,
    searchPath,
    contexts,
    elsewhere: elsewhere && ref.ok ? { repository: elsewhere.repository, ref: ref.text } : null,
  };
}

/** A plan that would find no room if it were alone is none. */
function fitting(plan: Plan, { limits, loadBalancer }: Platform): Planning {
  const excess = excessOf(plan.needs, budgetLimits(limits));
  if (!excess) {
    return { ok: true, plan };
  }
  const { needed, limit, kind } = excess;
  const problem = `One environment needs ${needed} ${BUDGET_WORDS[kind]}, and the load balancer ${loadBalancer.dnsName} takes ${limit} in all. Give services fewer hosts or listeners, or expose fewer of them.`;
  return { ok: false, reason: 'TooLargeForPlatform', problems: [problem] };
}
