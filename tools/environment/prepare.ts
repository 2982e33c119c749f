import type { Platform } from '../../src/config/platform.ts';
import { sanitiseTagValue } from '../../src/domain/tags.ts';
import { lifeOf } from './life.ts';
import type { EnvironmentOptions } from './options.ts';
import { initialise, type Parts } from './parts.ts';
import { checkName } from './preflight.ts';
import { Refusal } from './refusal.ts';
import type { Remembered } from './workspaces.ts';

export interface Prepared {
  readonly platform: Platform;
  /** Whether the environment has a workspace already. */
  readonly exists: boolean;
  /** When it was first made, as the state had it; undefined where nothing was ever applied to its end. */
  readonly madeAt: string | undefined;
  /** What will stand in the state. */
  readonly wish: Remembered;
}

/**
 * Everything that is looked at before an environment is made or changed, the cheapest first, and its variables. Throws
 * `Refusal` with one sentence; until it has resolved, nothing was made, no workspace either.
 */
export async function prepare(parts: Parts, options: EnvironmentOptions): Promise<Prepared> {
  const { name } = options;
  checkName(name);
  const platform = await parts.preflight.platform();
  checkName(name, platform.environmentPrefixes);
  await parts.preflight.checkZone(platform);
  await initialise(parts);
  const names = await parts.workspaces.list();
  const exists = names.includes(name);
  if (!exists && names.length >= platform.limits.environments) {
    throw new Refusal(
      `There are ${names.length} environments, and the platform allows ${platform.limits.environments}: destroy one first.`,
    );
  }
  const { remembered, configuration } = exists ? await parts.workspaces.read(name) : NOTHING;
  const wish = wishOf(options, { remembered, now: parts.now(), limits: platform.limits });
  parts.copy.setVariables({ ...configurationOf(options, configuration), ...variablesOf(options, platform, wish) });
  return { platform, exists, madeAt: remembered?.createdAt, wish };
}

const NOTHING = { remembered: undefined, configuration: undefined };

/** Left out, the services stay as they are: without them Terraform would remove what runs. */
function configurationOf(
  { wish: { varFiles } }: EnvironmentOptions,
  configuration: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  if (varFiles.length > 0) {
    return {};
  }
  if (configuration === undefined) {
    throw new Refusal('--var-file is missing: a new environment says what runs in it.');
  }
  return configuration;
}

function wishOf(
  { name, wish }: EnvironmentOptions,
  { remembered, now, limits }: { remembered: Remembered | undefined; now: Date; limits: Platform['limits'] },
): Remembered {
  return {
    ...lifeOf({ name, remembered, ttlSeconds: wish.ttlSeconds, now, limits }),
    branch: sanitiseTagValue(required('--branch', wish.branch ?? remembered?.branch)),
    commit: commitOf(required('--commit', wish.commit ?? remembered?.commit)),
    repository: repositoryOf(required('--repository', wish.repository ?? remembered?.repository)),
    pullRequest: wish.pullRequest ?? remembered?.pullRequest ?? null,
  };
}

function required(option: string, value: string | undefined): string {
  if (value === undefined || value === '') {
    throw new Refusal(`${option} is missing: a new environment says of what it is.`);
  }
  return value;
}

function commitOf(text: string): string {
  if (!/^[0-9a-f]{40,64}$/.test(text)) {
    throw new Refusal(`--commit: \`${text}\` is not a full commit id, which is 40 hexadecimal digits.`);
  }
  return text;
}

/** As infra/modules/environment takes it. */
function repositoryOf(text: string): string {
  if (!/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(text)) {
    throw new Refusal(`--repository: \`${text}\` is not a repository as owner/name.`);
  }
  return text;
}

function variablesOf(
  { region, platformParameter, wish: { images, waits } }: EnvironmentOptions,
  { accountId }: Platform,
  { pullRequest, createdAt, expiresAt, ...said }: Remembered,
): Readonly<Record<string, unknown>> {
  return {
    account_id: accountId,
    region,
    platform_parameter: platformParameter,
    created_at: createdAt,
    expires_at: expiresAt,
    pull_request: pullRequest,
    ...said,
    images,
    wait_for_steady_state: waits,
  };
}
