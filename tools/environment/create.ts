import type { EnvironmentOptions } from './options.ts';
import { LOCK_ARGS, type Parts } from './parts.ts';
import { planSummary } from './plan-summary.ts';
import { type Planned, planIn } from './planned.ts';
import { prepare } from './prepare.ts';

export interface Created {
  readonly action: 'create';
  readonly name: string;
  readonly expiresAt: string;
  readonly urls: Readonly<Record<string, string>>;
  /** 0 where everything was as wanted already. */
  readonly changes: number;
  /** Markdown. */
  readonly summary: string;
}

/**
 * Makes an environment, or brings one to what is asked. May be called again, also after it failed half way: what is there
 * is kept. What is applied is exactly what was planned and checked.
 */
export async function createEnvironment(parts: Parts, options: EnvironmentOptions): Promise<Created> {
  const { name } = options;
  const { changes, file, summary, expiresAt } = await planned(parts, options);
  // Where nothing changes, the outputs still may: they are what the next call remembers.
  await parts.terraform(['apply', '-no-color', '-input=false', ...LOCK_ARGS, file], { workspace: name });
  const { urls } = await parts.workspaces.read(name);
  return { action: 'create', name, expiresAt, urls, changes: changes.length, summary };
}

export interface PlanShown {
  readonly action: 'plan';
  readonly name: string;
  readonly changes: Planned['changes'];
  /** Markdown. */
  readonly summary: string;
}

/** Shows what `createEnvironment` would do, and leaves no trace: not even the workspace of an environment that is not there. */
export async function planEnvironment(parts: Parts, options: EnvironmentOptions): Promise<PlanShown> {
  const { name } = options;
  const { changes, summary, exists } = await planned(parts, options);
  if (!exists) {
    await parts.workspaces.remove(name);
  }
  return { action: 'plan', name, changes, summary };
}

interface Checked extends Planned {
  readonly summary: string;
  readonly expiresAt: string;
  /** Whether the environment had a workspace before. */
  readonly exists: boolean;
}

/**
 * A plan that may be applied. It waits for whoever has the lock; if that run made the environment meanwhile, all is looked at
 * again, or this one would give it another day of birth and another end. Whatever goes wrong, a workspace made for the plan
 * alone does not stay.
 */
async function planned(parts: Parts, options: EnvironmentOptions): Promise<Checked> {
  const {
    name,
    wish: { varFiles },
  } = options;
  const { exists, madeAt, platform, wish } = await prepare(parts, options);
  let isForThePlan = !exists;
  if (isForThePlan) {
    await parts.workspaces.create(name);
  }
  try {
    const plan = await planIn(parts, { name, varFiles });
    const { remembered } = await parts.workspaces.read(name);
    if (remembered?.createdAt !== madeAt) {
      isForThePlan = false;
      return await planned(parts, options);
    }
    if (plan.changes.some(({ type, action }) => type === 'aws_rds_cluster' && action === 'create')) {
      await parts.preflight.checkCloneBudget(platform);
    }
    const summary = planSummary({ name, wish, changes: plan.changes });
    return { ...plan, summary, expiresAt: wish.expiresAt, exists };
  } catch (error) {
    if (isForThePlan) {
      await parts.workspaces.remove(name);
    }
    throw error;
  }
}
