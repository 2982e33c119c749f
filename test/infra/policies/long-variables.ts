import type { Variables } from './render.ts';

/** As long as they may be: a platform's name has at most 16 characters. */
const NAME = 'vehicles-nonprod';
const ACCOUNT = 'eu-west-1:123456789012';
const arns = (...patterns: string[]): string => JSON.stringify(patterns.map((pattern) => `arn:aws:${pattern}`));

/** A value for every name in the templates. */
export const LONG_VARIABLES: Variables = {
  partition: 'aws',
  region: 'eu-west-1',
  account_id: '123456789012',
  name: NAME,
  cluster_name: NAME,
  load_balancer: `app/${NAME}/50dc6c495c0c9188`,
  zone: 'ephemeral.licensing.dev-example.gov.uk',
  zone_id: 'Z0123456789ABCDEFGHIJ',
  user_pool: `arn:aws:cognito-idp:${ACCOUNT}:userpool/eu-west-1_AbCdEfGhI`,
  source_identifier: `${NAME}-source`,
  subnet_group: NAME,
  parameter_group: `${NAME}-aurora-mysql8`,
  platform_parameter: '/mayfly/platform',
  state_bucket: 'vehicles-123456789012-terraform-state',
  state_key: 'live/nonprod/terraform.tfstate',
  task_roles: arns(`iam::123456789012:role/${NAME}-execution`, `iam::123456789012:role/${NAME}-task`),
  image_repositories: arns(`ecr:${ACCOUNT}:repository/licensing/*`, `ecr:${ACCOUNT}:repository/mayfly`),
  source_secrets: arns(`secretsmanager:${ACCOUNT}:secret:DEVAPPDEV-BASE-SM-APPLICATION-*`),
  environment_secrets: arns(
    `secretsmanager:${ACCOUNT}:secret:${NAME}/*`,
    `secretsmanager:${ACCOUNT}:secret:DEVAPPVOL-*`,
  ),
  source_parameters: arns(`ssm:${ACCOUNT}:parameter/applicationparams/dev/*`),
  environment_parameters: arns(
    `ssm:${ACCOUNT}:parameter/${NAME}/*`,
    `ssm:${ACCOUNT}:parameter/applicationparams/vol-*`,
  ),
  readable_parameters: arns(
    `ssm:${ACCOUNT}:parameter/applicationparams/dev/*`,
    `ssm:${ACCOUNT}:parameter/${NAME}/*`,
    `ssm:${ACCOUNT}:parameter/applicationparams/vol-*`,
  ),
  environment_resources: arns(
    `ecs:${ACCOUNT}:service/${NAME}/${NAME}-*`,
    `ecs:${ACCOUNT}:task-definition/${NAME}-*:*`,
    `elasticloadbalancing:${ACCOUNT}:listener-rule/app/${NAME}/50dc6c495c0c9188/*`,
    `elasticloadbalancing:${ACCOUNT}:targetgroup/${NAME}-*/*`,
    `logs:${ACCOUNT}:log-group:/mayfly/${NAME}/*`,
    `rds:${ACCOUNT}:cluster:${NAME}-*`,
    `rds:${ACCOUNT}:db:${NAME}-*`,
    `secretsmanager:${ACCOUNT}:secret:${NAME}/*`,
  ),
  snapshot_cluster: `${NAME}-production-licensing`,
  snapshot_account: '210987654321',
  mask_family: `${NAME}-sources`,
  mask_role: `arn:aws:iam::123456789012:role/${NAME}-sources-execution`,
  mask_log_group: `/ecs/${NAME}-sources`,
  mask_password_secret: `arn:aws:secretsmanager:${ACCOUNT}:secret:${NAME}-sources/database-password-AbCdEf`,
  platform_only: arns('s3:::vehicles-123456789012-terraform-state/*', `secretsmanager:${ACCOUNT}:secret:mayfly/*`),
};
