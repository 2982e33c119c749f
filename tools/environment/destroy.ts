import type { Platform } from '../../src/config/platform.ts';
import { formatTtl } from '../../src/domain/tags.ts';
import type { EnvironmentOptions } from './options.ts';
import { initialise, LOCK_ARGS, type Parts } from './parts.ts';
import { checkName } from './preflight.ts';
import type { Remembered } from './workspaces.ts';

export interface Destroyed {
  readonly action: 'destroy';
  readonly name: string;
  /** Whether there was a workspace. */
  readonly existed: boolean;
  /** Resources that were in the state. */
  readonly resources: number;
  /** What Terraform does not know of, and was removed as well. */
  readonly leftovers: readonly string[];
}

/**
 * Removes an environment: everything in its state, its workspace once the state is empty, and what is left or written anew
 * besides. May be called twice, for one that is not there, and for one that is half made.
 */
export async function destroyEnvironment(parts: Parts, options: EnvironmentOptions): Promise<Destroyed> {
  const { name } = options;
  checkName(name);
  const platform = await parts.preflight.platform();
  checkName(name, platform.environmentPrefixes);
  await initialise(parts);
  const existed = (await parts.workspaces.list()).includes(name);
  const resources = existed ? await destroyWorkspace(parts, options, platform) : 0;
  const leftovers = await removeLeftovers(parts, options, platform);
  return { action: 'destroy', name, existed, resources, leftovers };
}

async function destroyWorkspace(parts: Parts, options: EnvironmentOptions, platform: Platform): Promise<number> {
  const { name } = options;
  const { resources, remembered } = await parts.workspaces.read(name);
  if (resources > 0) {
    parts.copy.setVariables(variablesOf(options, platform, remembered ?? unknown(parts.now())));
    await parts.terraform(['apply', '-destroy', '-auto-approve', '-no-color', '-input=false', ...LOCK_ARGS], {
      workspace: name,
    });
  }
  await parts.workspaces.remove(name);
  return resources;
}

/** Of one that was never made to its end. It is removed, so nothing is read of it but that it is well formed. */
function unknown(now: Date): Remembered {
  const instant = formatTtl(now);
  const of = { branch: 'unknown', commit: '0'.repeat(40), repository: 'unknown/unknown' };
  return { createdAt: instant, expiresAt: instant, ...of, pullRequest: null };
}

/** Nothing is wanted any more: without services and database, what they are made from need not be there either. */
function variablesOf(
  { region, platformParameter }: EnvironmentOptions,
  { accountId }: Platform,
  { branch, commit, repository, createdAt, expiresAt }: Remembered,
): Readonly<Record<string, unknown>> {
  return {
    account_id: accountId,
    region,
    platform_parameter: platformParameter,
    created_at: createdAt,
    expires_at: expiresAt,
    branch,
    commit,
    repository,
    services: {},
    database: null,
  };
}

/** What fails here failed after the removal, and is told so. */
async function removeLeftovers(
  parts: Parts,
  { name, settleSeconds }: EnvironmentOptions,
  { name: platform }: Platform,
): Promise<string[]> {
  try {
    return await removeTwice(parts, { name, settleSeconds, platform });
  } catch (cause) {
    // Not as it came: a `TerminalError` says that nothing was done, and the environment is gone by now.
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`What Terraform made of ${name} is gone, and something that it does not know may be left: ${why}`, {
      cause,
    });
  }
}

/** A second pass, and a third when the last writers had time: Container Insights writes for a while after a cluster is gone. */
async function removeTwice(
  parts: Parts,
  { name, settleSeconds, platform }: { name: string; settleSeconds: number; platform: string },
): Promise<string[]> {
  const found = await parts.leftovers.remove({ platform, name });
  if (settleSeconds > 0) {
    await parts.pause(settleSeconds);
    found.push(...(await parts.leftovers.remove({ platform, name })));
  }
  return [...new Set(found)].toSorted();
}
