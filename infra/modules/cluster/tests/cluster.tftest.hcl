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
}

variables {
  name = "nonprod"
}

run "tasks_of_this_account_only_are_started_with_the_role" {
  command = plan

  assert {
    condition     = jsondecode(aws_iam_role.execution.assume_role_policy).Statement[0].Principal.Service == "ecs-tasks.amazonaws.com" && jsondecode(aws_iam_role.execution.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "ECS may take the role, for this account"
  }
}

run "the_role_may_start_a_task_and_nothing_else" {
  command = plan

  assert {
    condition = toset(flatten([for statement in local.execution_statements : statement.Action])) == toset([
      "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
      "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "ssm:GetParameters",
    ])
    error_message = "these eight actions"
  }

  assert {
    condition     = [for statement in local.execution_statements : statement.Sid if contains(statement.Resource, "*")] == ["RegistryToken"]
    error_message = "only the action that takes no resource is allowed on everything"
  }

  assert {
    condition     = one([for statement in local.execution_statements : statement.Resource if statement.Sid == "ReadSecrets"]) == ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:nonprod/*"]
    error_message = "secrets of this platform only"
  }

  assert {
    condition     = length(jsondecode(aws_iam_role_policy.execution.policy).Statement) == length(local.execution_statements)
    error_message = "the role has these statements"
  }
}

run "a_key_of_ones_own_may_be_used_where_it_is_named" {
  command = plan

  variables {
    kms_key_arns = ["arn:aws:kms:eu-west-1:123456789012:key/own"]
  }

  assert {
    condition     = flatten([for statement in local.execution_statements : statement.Resource if statement.Action == ["kms:Decrypt"]]) == ["arn:aws:kms:eu-west-1:123456789012:key/own"]
    error_message = "that key and no other"
  }
}

run "no_log_is_kept_for_ever" {
  command = plan

  variables {
    container_insights = true
    log_retention_days = 14
  }

  assert {
    condition     = aws_cloudwatch_log_group.exec.retention_in_days == 14 && aws_cloudwatch_log_group.insights[0].retention_in_days == 14
    error_message = "both groups of the cluster have the retention given"
  }

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "enabled"
    error_message = "Container Insights is on"
  }
}

run "logs_are_encrypted_with_the_key_given" {
  command = plan

  variables {
    container_insights = true
    log_kms_key_arn    = "arn:aws:kms:eu-west-1:123456789012:key/logs"
  }

  assert {
    condition     = aws_cloudwatch_log_group.exec.kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/logs" && aws_cloudwatch_log_group.insights[0].kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/logs"
    error_message = "both groups of the cluster have the key"
  }

  assert {
    condition     = aws_ecs_cluster.this.configuration[0].execute_command_configuration[0].log_configuration[0].cloud_watch_encryption_enabled
    error_message = "no session is logged without"
  }
}

run "without_a_key_sessions_are_not_held_to_one" {
  command = plan

  assert {
    condition     = !aws_ecs_cluster.this.configuration[0].execute_command_configuration[0].log_configuration[0].cloud_watch_encryption_enabled
    error_message = "every session would be refused"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name               = "non--prod"
    repository_arns    = []
    secret_arns        = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:*"]
    parameter_arns     = ["/applicationparams/dev"]
    kms_key_arns       = ["alias/own"]
    log_retention_days = 8
    log_kms_key_arn    = "arn:aws:kms:eu-west-1:123456789012:alias/logs"
  }

  expect_failures = [var.name, var.repository_arns, var.secret_arns, var.parameter_arns, var.kms_key_arns, var.log_retention_days, var.log_kms_key_arn]
}
