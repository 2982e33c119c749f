mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/nonprod-sources-execution" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:made-AbCdEf" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/nonprod-sources" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/nonprod-sources:1" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0made" }
  }
}

variables {
  name                       = "nonprod"
  vpc_id                     = "vpc-0abc"
  database_security_group_id = "sg-0db"
  image                      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/tools/mayfly-rules:7"
}

run "the_task_is_mayflys_command_with_its_secrets" {
  command = apply

  assert {
    condition     = join(" ", jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].entryPoint) == "node src/cli.ts" && aws_ecs_task_definition.anonymise.family == "nonprod-sources"
    error_message = "what Mayfly runs it with is a command of the program"
  }

  assert {
    condition     = join(" ", sort([for secret in jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].secrets : secret.name])) == "MAYFLY_ANONYMISE_KEY MAYFLY_DATABASE_PASSWORD MAYFLY_PASSPORT_KEY"
    error_message = "the secrets come from where they are kept"
  }

  assert {
    condition     = endswith(one([for secret in jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].secrets : secret.valueFrom if secret.name == "MAYFLY_DATABASE_PASSWORD"]), ":password::")
    error_message = "the password is the member that Mayfly reads"
  }

  assert {
    condition     = aws_ecs_task_definition.anonymise.task_role_arn == null
    error_message = "what masks calls nothing of AWS"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].readonlyRootFilesystem && jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].user == "10001:10001" && !can(jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].environment)
    error_message = "it writes nothing, is not root, and has no variable that anybody could read"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.anonymise.container_definitions)[0].logConfiguration.options.mode == "blocking"
    error_message = "no line of the passport is dropped"
  }
}

run "secrets_have_no_value_here_and_no_task_of_an_environment_reads_them" {
  command = plan

  assert {
    condition     = join(" ", sort([for secret in aws_secretsmanager_secret.sources : secret.name])) == "nonprod-sources/anonymise-key nonprod-sources/database-password nonprod-sources/passport-key"
    error_message = "they are not named as those of environments"
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.sources : secret.recovery_window_in_days == 7])
    error_message = "a key that somebody deletes by mistake can be had back"
  }
}

run "its_role_may_start_it_and_nothing_else" {
  command = apply

  assert {
    condition     = join(" ", sort(flatten([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Action]))) == "ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer logs:CreateLogStream logs:PutLogEvents secretsmanager:GetSecretValue"
    error_message = "pull, read three secrets, write the log"
  }

  assert {
    condition     = join(" ", flatten([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "PullImage"])) == "arn:aws:ecr:eu-west-1:123456789012:repository/tools/mayfly-rules"
    error_message = "of the one repository"
  }
}

run "an_image_of_another_registry_needs_no_right_to_pull" {
  command = apply

  variables {
    image       = "ghcr.io/example/mayfly-rules:7"
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/secrets"
  }

  assert {
    condition     = join(" ", sort([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Sid])) == "DecryptSecrets ReadSecrets WriteLogs"
    error_message = "and a key of one's own is one that it decrypts with"
  }
}

run "the_task_reaches_sources_and_aws_and_nobody_reaches_it" {
  command = apply

  assert {
    condition     = aws_vpc_security_group_egress_rule.database.referenced_security_group_id == "sg-0db" && aws_vpc_security_group_egress_rule.database.to_port == 3306 && aws_vpc_security_group_egress_rule.aws.to_port == 443
    error_message = "MySQL to sources, HTTPS to AWS"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.database.security_group_id == "sg-0db" && aws_vpc_security_group_ingress_rule.database.referenced_security_group_id == "sg-0made"
    error_message = "the group of sources lets it in"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                       = "Nonprod"
    vpc_id                     = "abc"
    database_security_group_id = "abc"
    image                      = "example/mayfly:latest"
    architecture               = "arm"
    size                       = { cpu = 300 }
    container                  = "a b"
    user                       = "0"
    log_retention_days         = 2
    log_kms_key_arn            = "arn:aws:kms:eu-west-1:123456789012:alias/logs"
    kms_key_arn                = "alias/secrets"
    secret_recovery_days       = 3
  }

  expect_failures = [
    var.name,
    var.vpc_id,
    var.database_security_group_id,
    var.image,
    var.architecture,
    var.size,
    var.container,
    var.user,
    var.log_retention_days,
    var.log_kms_key_arn,
    var.kms_key_arn,
    var.secret_recovery_days,
  ]
}
