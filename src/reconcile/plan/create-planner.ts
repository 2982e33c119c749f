import { type BlueprintProblem, parseBlueprint } from '../../config/blueprint/parse.ts';
import type { Platform } from '../../config/platform.ts';
import { BUDGET_WORDS, budgetLimits, excessOf } from '../../domain/budget.ts';
import { TerminalError } from '../../domain/failure.ts';
import { quoted } from '../../domain/quoted.ts';
import { touchedServices } from '../../domain/touched-services.ts';
import type { BuiltService } from '../resolve.ts';
import type { BlueprintTerms } from '../store.ts';
import { ownWorkloads, planContext } from './context.ts';
import type { Plan } from './plan.ts';
import { planEnvironment } from './plan-environment.ts';
import type { Planner, Planning } from './planner.ts';
import { platformProblems } from './platform-fit.ts';

/** Plans environments of one platform. */
export function createPlanner({ platform, blueprintPath }: { platform: Platform; blueprintPath: string }): Planner {
  return {
    plan(record, resolution): Planning {
      if (resolution.blueprint === null) {
        const commit = resolution.headSha.slice(0, 7);
        return {
          ok: false,
          reason: 'BlueprintMissing',
          problems: [`There is no \`${blueprintPath}\` at ${commit}. Add one: ten lines are enough.`],
        };
      }
      const parsed = parseBlueprint(resolution.blueprint, { path: blueprintPath });
      if (!parsed.ok) {
        return { ok: false, reason: 'BlueprintInvalid', problems: parsed.problems.map(sentenceOf) };
      }
      const context = planContext({ platform, blueprint: parsed.blueprint, record, resolution });
      const unfit = platformProblems(context);
      if (unfit.length > 0) {
        return { ok: false, reason: 'BlueprintInvalid', problems: unfit.map((text) => `${blueprintPath}, ${text}`) };
      }
      try {
        return fitting(planEnvironment(context), platform);
      } catch (error) {
        if (error instanceof TerminalError) {
          return { ok: false, reason: error.reason, problems: [error.message] };
        }
        throw error;
      }
    },
    untouched(blueprint, changedPaths): readonly BuiltService[] {
      const parsed = parseBlueprint(blueprint, { path: blueprintPath });
      if (!parsed.ok || !parsed.blueprint.images.fallback) {
        return [];
      }
      const { branch } = parsed.blueprint.images.fallback;
      const own = ownWorkloads(parsed.blueprint);
      const touched = new Set(touchedServices(changedPaths, own));
      return Object.entries(own)
        .filter(([name]) => !touched.has(name))
        .map(([name, { paths }]) => ({ name, paths, branch }));
    },
    terms(blueprint): BlueprintTerms | undefined {
      const parsed = parseBlueprint(blueprint, { path: blueprintPath });
      if (!parsed.ok) {
        return undefined;
      }
      const { ttlSeconds, limits } = parsed.blueprint;
      return { ttlSeconds, ...limits };
    },
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

/** `.github/ephemeral.yml:12: `services.api.port`: must be a number (found `8o80`; allowed: 1 to 65535)`. */
function sentenceOf({ path, line, field, message, found, allowed }: BlueprintProblem): string {
  const where = `${path}:${line}${field === '' ? '' : `, ${quoted(field)}`}`;
  const facts = [
    ...(found === null ? [] : [`found ${quoted(found)}`]),
    ...(allowed === null ? [] : [`allowed: ${allowed}`]),
  ];
  return `${where}: ${message}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`;
}
