mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b"] }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-west-1:123456789012:certificate/made"
      domain_validation_options = [
        { domain_name = "ephemeral.example.gov.uk", resource_record_name = "_a.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
      ]
    }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/nonprod/1" }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/2" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/nonprod-execution" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/nonprod" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:nonprod-alerts" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/1" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/nonprod" }
  }
  mock_resource "aws_vpc" {
    defaults = { id = "vpc-0abc" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0abc" }
  }
  mock_resource "aws_route53_zone" {
    defaults = { zone_id = "Z0ABC" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/nonprod-mayfly/1", arn_suffix = "targetgroup/nonprod-mayfly/1" }
  }
  mock_resource "aws_lb_listener_rule" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/nonprod/1/2/3" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "nonprod-mayfly.abc.eu-west-1.rds.amazonaws.com"
      port               = 5432
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1", kms_key_id = "", secret_status = "active" }]
    }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:nonprod-mayfly/made" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/nonprod-mayfly:1" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:nonprod-reaper" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:nonprod-reaper-dead-letters" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:made" }
  }
}

variables {
  account_id = "123456789012"
  zone       = "example.gov.uk"
  delegated  = true
}

run "the_platform_document_tells_what_was_built" {
  command = apply

  assert {
    condition     = aws_ssm_parameter.platform.name == "/mayfly/platform" && aws_ssm_parameter.platform.type == "String"
    error_message = "the document is a plain parameter: it holds no secrets"
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).network.subnetIds == module.network.private_subnet_ids
    error_message = "environments are put in private subnets"
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).loadBalancer.listeners[1].certificateNames == ["ephemeral.example.gov.uk", "*.ephemeral.example.gov.uk"]
    error_message = "Mayfly knows which hosts need no certificate of their own"
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).registry.host == "123456789012.dkr.ecr.eu-west-1.amazonaws.com" && jsondecode(aws_ssm_parameter.platform.value).limits.maxTtlSeconds == 2419200
    error_message = "the account's registry, and at most 28 days"
  }

  assert {
    condition     = !contains(keys(jsondecode(aws_ssm_parameter.platform.value)), "hostTemplate") && !contains(keys(jsondecode(aws_ssm_parameter.platform.value)), "prices") && !contains(keys(jsondecode(aws_ssm_parameter.platform.value).logs), "kmsKeyArn") && !contains(keys(jsondecode(aws_ssm_parameter.platform.value).cluster), "taskRoleArn")
    error_message = "what nobody set is left out"
  }
}

run "mayfly_is_told_of_wildcards_and_of_signing_in" {
  command = plan

  variables {
    authentication = {
      user_pool_arn       = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC"
      user_pool_client_id = "1example23456789"
      user_pool_domain    = "nonprod-people"
    }
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).loadBalancer.authentication.cognito.userPoolDomain == "nonprod-people" && jsondecode(aws_ssm_parameter.platform.value).loadBalancer.authentication.trustedCidrs == []
    error_message = "the document holds what a rule needs to ask people to sign in"
  }
}

run "mayfly_is_told_of_the_key_of_logs" {
  command = plan

  variables {
    log_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/logs"
  }

  assert {
    condition     = local.platform.logs.kmsKeyArn == "arn:aws:kms:eu-west-1:123456789012:key/logs"
    error_message = "the key is in the document"
  }
}

run "an_alias_in_the_place_of_a_key_is_refused" {
  command = plan

  variables {
    log_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "a_key_of_another_region_is_refused" {
  command = plan

  variables {
    log_kms_key_arn = "arn:aws:kms:eu-west-2:123456789012:key/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "everything_together_is_mayfly_with_its_policies_on_its_platform" {
  command = apply

  variables {
    app                 = { image = "ghcr.io/example/mayfly:1.0.0", app_id = 7, settings = { label_permission = "triage" } }
    reaper              = { package_file = "tests/nonprod.tftest.hcl" }
    shared_cache        = { accept_sharing = true }
    alerts              = { budget = { limit_usd = 500 } }
    state_bucket        = "example-123456789012-terraform-state"
    source_secret_arns  = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:DEV-*"]
    workflows           = { environment = { repository = "example/shop", environment = "ephemeral" }, images = { repository = "example/shop", environment = "images" } }
    github_provider_arn = null
  }

  assert {
    condition     = join(" ", sort(keys(local.mayfly_policies))) == "databases routing services settings" && alltrue([for policy in values(local.mayfly_policies) : length(replace(policy, "/\\s/", "")) <= 6144])
    error_message = "Mayfly's role has four policies, none longer than IAM takes"
  }

  assert {
    condition     = strcontains(local.mayfly_policies["settings"], "secret:DEV-*") && strcontains(local.mayfly_policies["routing"], "app/nonprod/1")
    error_message = "the policies name this platform's load balancer, and what may be copied"
  }

  assert {
    condition     = strcontains(aws_iam_policy.task_boundary.policy, "secret:nonprod-mayfly/*") && strcontains(aws_iam_policy.task_boundary.policy, "example-123456789012-terraform-state/*")
    error_message = "no task reads Mayfly's secrets or Terraform's state"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 1 && join(" ", sort(keys(output.workflow_role_arns))) == "environment images"
    error_message = "two roles of workflows share one provider"
  }

  assert {
    condition     = output.webhook_url == "https://mayfly.ephemeral.example.gov.uk/api/github/webhooks"
    error_message = "GitHub is told where Mayfly listens"
  }
}

run "a_platform_without_mayfly_has_the_boundary_and_the_alarms" {
  command = plan

  assert {
    condition     = length(module.app) == 0 && length(module.reaper) == 0 && length(module.cache) == 0 && length(aws_iam_openid_connect_provider.github) == 0
    error_message = "what nobody asked for is not built"
  }
}

run "a_shared_cache_needs_somebody_who_knows" {
  command = plan

  variables {
    shared_cache = { accept_sharing = false }
  }

  expect_failures = [var.shared_cache]
}

run "workflows_that_run_terraform_need_its_states" {
  command = plan

  variables {
    workflows = { platform = { repository = "example/infra", environment = "platform" }, other = { repository = "example/infra", environment = "x" } }
  }

  expect_failures = [var.workflows]
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                  = "aws-nonprod"
    account_id            = "12345"
    region                = "Ireland"
    task_role_arn         = "my-role"
    host_template         = "{service}.example.gov.uk"
    environment_prefixes  = { "example/one" = "pr", "example/two" = "pr" }
    limits                = { ttl_days = 29 }
    platform_parameter    = "mayfly"
    source_secret_arns    = ["DEV"]
    source_parameter_arns = ["/dev"]
    prices                = { acuHour = 0.14 }
  }

  expect_failures = [
    var.name, var.account_id, var.region, var.task_role_arn, var.host_template, var.environment_prefixes, var.limits,
    var.platform_parameter, var.source_secret_arns, var.source_parameter_arns, var.prices,
  ]
}

run "mayfly_is_told_how_sources_are_made" {
  command = apply

  variables {
    passport_public_key = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n"
    refresh = {
      snapshots_of = "arn:aws:rds:eu-west-1:210987654321:cluster:Production"
      image        = "ghcr.io/example/mayfly-rules:7"
      rules        = "/etc/mayfly/rules.yml"
      schedule     = "0 3 * * 0"
    }
  }

  assert {
    condition     = local.platform.database.passportPublicKey == var.passport_public_key && local.platform.database.refresh.schedule == "0 3 * * 0" && local.platform.database.refresh.database == "app"
    error_message = "the document says how, when, and whose passports are good"
  }

  assert {
    condition     = join(" ", sort(keys(local.platform.database.refresh))) == "caFile capacity container database instanceClass keepDays maskHours passwordSecret rules schedule snapshotsOf taskFamily taskSecurityGroupIds"
    error_message = "and has the keys of the schema"
  }

  assert {
    condition     = join(" ", sort(keys(local.mayfly_policies))) == "databases routing services settings sources" && length(replace(local.mayfly_policies["sources"], "/\\s/", "")) <= 6144
    error_message = "Mayfly's role may make sources"
  }

  assert {
    condition     = strcontains(local.mayfly_policies["sources"], "rds:eu-west-1:210987654321:cluster-snapshot:*") && strcontains(local.mayfly_policies["sources"], "123456789012:cluster:production\"") && strcontains(local.mayfly_policies["sources"], "log-group:/ecs/nonprod-sources:log-stream:*")
    error_message = "of snapshots of that account"
  }

  assert {
    condition     = strcontains(aws_iam_policy.task_boundary.policy, "secret:nonprod-sources/*")
    error_message = "no task of an environment reads the keys"
  }
}

run "nobody_is_told_how_sources_are_made_unless_somebody_says" {
  command = plan

  assert {
    condition     = !can(local.platform.database.refresh) && !can(local.platform.database.passportPublicKey) && !contains(keys(local.mayfly_policies), "sources")
    error_message = "what nobody set is left out"
  }
}

run "sources_without_a_key_for_their_passports_are_refused" {
  command = plan

  variables {
    refresh = { snapshots_of = "production", image = "ghcr.io/example/mayfly-rules:7", rules = "/etc/mayfly/rules.yml" }
  }

  expect_failures = [var.refresh]
}

run "a_private_key_in_the_place_of_a_public_one_is_refused" {
  command = plan

  variables {
    passport_public_key = "-----BEGIN PRIVATE KEY-----\nMC4\n"
  }

  expect_failures = [var.passport_public_key]
}
