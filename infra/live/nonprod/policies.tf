locals {
  arn   = "arn:${data.aws_partition.current.partition}"
  place = "${var.region}:${var.account_id}"

  # Where nothing is to be copied a list still names something: an empty one is no policy. Never the platform's own prefix,
  # whose environments the denials would meet.
  source_secrets    = length(var.source_secret_arns) > 0 ? var.source_secret_arns : ["${local.arn}:secretsmanager:${local.place}:secret:${var.name}-none"]
  source_parameters = length(var.source_parameter_arns) > 0 ? var.source_parameter_arns : ["${local.arn}:ssm:${local.place}:parameter/${var.name}-none/*"]

  environment_secrets    = concat(["${local.arn}:secretsmanager:${local.place}:secret:${var.name}/*"], var.secret_arns)
  environment_parameters = concat(["${local.arn}:ssm:${local.place}:parameter/${var.name}/*"], var.parameter_arns)

  state_bucket = coalesce(var.state_bucket, "${var.name}-none")

  # What infra/policies/README.md says of each.
  policy_names = {
    partition              = data.aws_partition.current.partition
    region                 = var.region
    account_id             = var.account_id
    name                   = var.name
    cluster_name           = module.cluster.name
    load_balancer          = replace(module.load_balancer.arn, "/^.*:loadbalancer\\//", "")
    zone                   = module.dns.zone
    zone_id                = module.dns.zone_id
    source_identifier      = module.source_database.identifier
    subnet_group           = module.source_database.subnet_group
    parameter_group        = module.source_database.parameter_group
    platform_parameter     = var.platform_parameter
    state_bucket           = local.state_bucket
    state_key              = "live/nonprod/terraform.tfstate"
    task_roles             = jsonencode(compact([module.cluster.execution_role_arn, var.task_role_arn]))
    image_repositories     = jsonencode(["${local.arn}:ecr:${local.place}:repository/*"])
    source_secrets         = jsonencode(local.source_secrets)
    environment_secrets    = jsonencode(local.environment_secrets)
    source_parameters      = jsonencode(local.source_parameters)
    environment_parameters = jsonencode(local.environment_parameters)
    readable_parameters    = jsonencode(concat(local.source_parameters, local.environment_parameters))
    # The call that needs it shows the client's secret, so it is this pool or none.
    user_pool = try(var.authentication.user_pool_arn, null) == null ? "${local.arn}:cognito-idp:${local.place}:userpool/none" : var.authentication.user_pool_arn
    environment_resources = jsonencode([
      "${local.arn}:ecs:${local.place}:service/${module.cluster.name}/${var.name}-*",
      "${local.arn}:ecs:${local.place}:task-definition/${var.name}-*:*",
      "${local.arn}:elasticloadbalancing:${local.place}:listener-rule/app/${var.name}/*",
      "${local.arn}:elasticloadbalancing:${local.place}:targetgroup/${var.name}-*/*",
      "${local.arn}:logs:${local.place}:log-group:/mayfly/${var.name}/*",
      "${local.arn}:rds:${local.place}:cluster:${var.name}-*",
      "${local.arn}:rds:${local.place}:db:${var.name}-*",
      "${local.arn}:secretsmanager:${local.place}:secret:${var.name}/*",
    ])
  }

  mayfly_policies = {
    for part in concat(["databases", "services", "routing", "settings"], var.refresh == null ? [] : ["sources"]) :
    part => templatefile("../../policies/mayfly-${part}.json.tftpl", merge(local.policy_names, local.source_policy_names))
  }
}

# For the roles of applications: whoever makes one sets this as its permissions boundary.
resource "aws_iam_policy" "task_boundary" {
  name        = "${var.name}-task-boundary"
  description = "What no task of an ephemeral environment may do, whatever its role says"

  policy = templatefile("../../policies/task-boundary.json.tftpl", {
    platform_only = jsonencode([
      "${local.arn}:s3:::${local.state_bucket}",
      "${local.arn}:s3:::${local.state_bucket}/*",
      "${local.arn}:secretsmanager:${local.place}:secret:${var.name}-mayfly/*",
      "${local.arn}:secretsmanager:${local.place}:secret:${var.name}-sources/*",
      "${local.arn}:ssm:${local.place}:parameter${var.platform_parameter}",
    ])
  })

  tags = { Name = "${var.name}-task-boundary" }
}

# An account takes one provider for GitHub, and each role needs it.
resource "aws_iam_openid_connect_provider" "github" {
  count = length(var.workflows) > 0 && var.github_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]

  tags = { Name = "token.actions.githubusercontent.com" }
}

module "workflow_role" {
  source   = "../../modules/workflow-role"
  for_each = var.workflows

  name        = var.name
  role        = each.key
  repository  = each.value.repository
  environment = each.value.environment
  # Put together, as the provider's own attribute is not known before it is made.
  provider_arn = coalesce(var.github_provider_arn, "${local.arn}:iam::${var.account_id}:oidc-provider/token.actions.githubusercontent.com")
  policy_json  = templatefile("../../policies/workflow-${each.key}.json.tftpl", local.policy_names)

  depends_on = [aws_iam_openid_connect_provider.github]
}
