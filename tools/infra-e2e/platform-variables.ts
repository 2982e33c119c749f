import { LOCAL_REGION } from '../../sim/local/credentials.ts';
import { REPOSITORY } from '../../sim/local/first-users.ts';
import { ACCOUNT_ID, PARENT_ZONE } from './account.ts';

/** Variables of `live/nonprod`, by name. */
export type PlatformVariables = Readonly<Record<string, unknown>>;

const PLACE = `${LOCAL_REGION}:${ACCOUNT_ID}`;

/** The platform of the first users: what environments share, alarms, policies, and roles for their workflows. */
export const PLATFORM: PlatformVariables = {
  account_id: ACCOUNT_ID,
  zone: PARENT_ZONE,
  // An emulator issues certificates by the zone alone.
  delegated: true,
  protect: false,
  environment_prefixes: { [REPOSITORY]: 'pr' },
  inverted_services: ['api'],
  source_secret_arns: [`arn:aws:secretsmanager:${PLACE}:secret:DEVAPPDEV-*`],
  source_parameter_arns: [`arn:aws:ssm:${PLACE}:parameter/applicationparams/dev/*`],
  secret_arns: [`arn:aws:secretsmanager:${PLACE}:secret:DEVAPPPR-*`],
  parameter_arns: [`arn:aws:ssm:${PLACE}:parameter/applicationparams/pr-*`],
  log_kms_key_arn: `arn:aws:kms:${PLACE}:key/2`,
  state_bucket: 'example-terraform-states',
  workflows: {
    environment: { repository: REPOSITORY, environment: 'ephemeral' },
    images: { repository: REPOSITORY, environment: 'images' },
    platform: { repository: 'example/platform', environment: 'nonprod' },
  },
};

/** Besides, all that a variable has to ask for. `packageFile` is the reaper's. */
export function everythingElse(packageFile: string): PlatformVariables {
  return {
    app: { image: 'ghcr.io/example/mayfly:0.1.0', app_id: 1 },
    reaper: { package_file: packageFile },
    shared_cache: { accept_sharing: true },
    alerts: {
      subscriptions: { team: { protocol: 'email', endpoint: 'team@example.gov.uk' } },
      budget: { limit_usd: 500 },
    },
    access_logs: { bucket: 'example-nonprod-access-logs' },
  };
}

/** What of that moto has no room for, and why. Its own answers were looked at, in version 5.2.1. */
export const NOT_ON_MOTO: Readonly<Record<string, string>> = {
  app: 'the provider ends with a crash on its answer about an RDS instance outside a cluster, and it knows no tags of scalable targets',
  reaper: 'it does not give the logging configuration of a function back, so that the second plan changes it',
  shared_cache: 'the nodes of its replication groups are not there when they are asked for',
  'alerts.budget': 'it knows no subscribers of a budget',
};

/** As Terraform reads them from its environment. */
export function asEnvironment(variables: PlatformVariables): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      `TF_VAR_${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
