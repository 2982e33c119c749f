import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Platform } from '../../../src/config/platform.ts';

export const MAYFLY_POLICIES = [
  'mayfly-databases',
  'mayfly-services',
  'mayfly-routing',
  'mayfly-settings',
  'mayfly-sources',
] as const;

/** By the name that a template has for it; a list stands as JSON. */
export type Variables = Readonly<Record<string, string>>;

const FOLDER = new URL('../../../infra/policies/', import.meta.url);
const ENDING = '.json.tftpl';

/** Every policy there is, by name. */
export const POLICIES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length));

/**
 * A policy as Terraform's `templatefile` would render it: the templates interpolate names and do nothing else.
 * Rejects for a name without a value, as Terraform does.
 */
export async function renderPolicy(name: string, variables: Variables): Promise<string> {
  const template = await readFile(new URL(`${name}${ENDING}`, FOLDER), 'utf8');
  return template.replace(/\$\{([^}]*)\}/g, (_whole, variable: string) => {
    const value = variables[variable];
    if (value === undefined) {
      throw new Error(`${name} interpolates ${variable}, which has no value`);
    }
    return value;
  });
}

/** What a platform's blueprints copy, and where environments keep their own. ARNs, as patterns. */
export interface Stores {
  readonly sourceSecrets: readonly string[];
  readonly environmentSecrets: readonly string[];
  readonly sourceParameters: readonly string[];
  readonly environmentParameters: readonly string[];
}

/** The pool of a platform on which people sign in, as they do on the journey through every kind. */
export const USER_POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC';

export interface Masking {
  readonly family: string;
  readonly roleArn: string;
  readonly logGroup: string;
  readonly passwordSecret: string;
}

/** What `infra/modules/source-refresh` makes, by the names of a platform. */
export function maskingOf({ name, accountId, region }: Pick<Platform, 'name' | 'accountId' | 'region'>): Masking {
  return {
    family: `${name}-sources`,
    roleArn: `arn:aws:iam::${accountId}:role/${name}-sources-execution`,
    logGroup: `/ecs/${name}-sources`,
    passwordSecret: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-sources/database-password-*`,
  };
}

/** The values that `infra/live/nonprod` gives the templates, of a platform as its document tells it. */
export function variablesOf(platform: Platform, stores: Stores): Variables {
  const { cluster, database, loadBalancer, dns, name, region, accountId } = platform;
  const roles = [cluster.executionRoleArn, cluster.taskRoleArn].filter((role) => role !== undefined);
  const masking = maskingOf(platform);
  const repositories = [`arn:aws:ecr:${region}:${accountId}:repository/*`];
  return {
    partition: 'aws',
    region,
    account_id: accountId,
    name,
    cluster_name: cluster.name,
    load_balancer: loadBalancer.arn.replace(/^.*:loadbalancer\//, ''),
    zone: dns.zone,
    zone_id: dns.zoneId,
    user_pool: USER_POOL,
    source_identifier: database.sourceIdentifier,
    subnet_group: database.subnetGroup,
    parameter_group: database.parameterGroup ?? '*',
    platform_parameter: '/mayfly/platform',
    task_roles: JSON.stringify(roles),
    image_repositories: JSON.stringify(repositories),
    source_secrets: JSON.stringify(stores.sourceSecrets),
    environment_secrets: JSON.stringify(stores.environmentSecrets),
    source_parameters: JSON.stringify(stores.sourceParameters),
    environment_parameters: JSON.stringify(stores.environmentParameters),
    readable_parameters: JSON.stringify([...stores.sourceParameters, ...stores.environmentParameters]),
    snapshot_cluster: database.sourceIdentifier,
    snapshot_account: accountId,
    mask_family: masking.family,
    mask_role: masking.roleArn,
    mask_log_group: masking.logGroup,
    mask_password_secret: masking.passwordSecret,
  };
}
