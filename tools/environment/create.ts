import type { EnvironmentOptions } from './options.ts';
import { LOCK_ARGS, type Parts } from './parts.ts';
import { planSummary } from './plan-summary.ts';
import { type Planned, planIn } from './planned.ts';
import { type Prepared, prepare } from './prepare.ts';

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
  const prepared = await prepare(parts, options);
  const { changes, file, summary } = await planned(parts, options, prepared);
  // Where nothing changes, the outputs still may: they are what the next call remembers.
  await parts.terraform(['apply', '-no-color', '-input=false', ...LOCK_ARGS, file], { workspace: name });
  const { urls } = await parts.workspaces.read(name);
  return { action: 'create', name, expiresAt: prepared.wish.expiresAt, urls, changes: changes.length, summary };
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
  const prepared = await prepare(parts, options);
  const { changes, summary } = await planned(parts, options, prepared);
  if (!prepared.exists) {
    await parts.workspaces.remove(name);
  }
  return { action: 'plan', name, changes, summary };
}

/** Whatever goes wrong, a workspace made for the plan alone does not stay. */
async function planned(
  parts: Parts,
  { name, wish: { varFiles } }: EnvironmentOptions,
  { exists, platform, wish }: Prepared,
): Promise<Planned & { summary: string }> {
  if (!exists) {
    await parts.workspaces.create(name);
  }
  try {
    const plan = await planIn(parts, { name, varFiles });
    if (plan.changes.some(({ type, action }) => type === 'aws_rds_cluster' && action === 'create')) {
      await parts.preflight.checkCloneBudget(platform);
    }
    return { ...plan, summary: planSummary({ name, wish, changes: plan.changes }) };
  } catch (error) {
    if (!exists) {
      await parts.workspaces.remove(name);
    }
    throw error;
  }
}
