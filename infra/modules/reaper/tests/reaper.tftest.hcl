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
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:nonprod-reaper" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:nonprod-reaper-dead-letters" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:nonprod-reaper-reports" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/nonprod-reaper" }
  }
}

variables {
  name = "nonprod"
  # Any file: nothing is started here.
  package_file = "main.tf"
  policy_json  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

run "one_run_at_a_time_that_ends" {
  command = apply

  assert {
    condition     = aws_lambda_function.reaper.reserved_concurrent_executions == 1 && aws_lambda_function.reaper.timeout == 300 && aws_lambda_function.reaper.architectures == tolist(["arm64"]) && aws_lambda_function.reaper.runtime == "nodejs22.x"
    error_message = "one at a time, for five minutes, on Arm"
  }

  assert {
    condition     = aws_lambda_function.reaper.source_code_hash == filebase64sha256("main.tf")
    error_message = "another package is another version"
  }

  assert {
    condition     = aws_lambda_function.reaper.environment[0].variables == tomap({ PLATFORM_PARAMETER = "/mayfly/platform", REPORT_TOPIC_ARN = "arn:aws:sns:eu-west-1:123456789012:nonprod-reaper-reports", DRY_RUN = "false", GRACE_MINUTES = "120" })
    error_message = "it is told where the platform is, where to report, and that it is in earnest, two hours after the end"
  }

  assert {
    condition     = aws_lambda_function.reaper.logging_config[0].log_group == "/aws/lambda/nonprod-reaper" && aws_cloudwatch_log_group.reaper.retention_in_days == 30
    error_message = "its log is not kept for ever"
  }
}

run "an_account_too_small_to_reserve_from_reserves_nothing" {
  command = apply

  variables {
    reserved_concurrency = null
    dry_run              = true
    environment          = { LOG_LEVEL = "debug" }
  }

  assert {
    condition     = aws_lambda_function.reaper.reserved_concurrent_executions == -1
    error_message = "none reserved"
  }

  assert {
    condition     = aws_lambda_function.reaper.environment[0].variables["DRY_RUN"] == "true" && aws_lambda_function.reaper.environment[0].variables["LOG_LEVEL"] == "debug"
    error_message = "it only reports, and is told what else was given"
  }
}

run "it_is_started_on_time_by_a_schedule_of_its_own_group" {
  command = apply

  assert {
    condition     = aws_scheduler_schedule.reaper.schedule_expression == "rate(15 minutes)" && aws_scheduler_schedule.reaper.flexible_time_window[0].mode == "OFF" && aws_scheduler_schedule.reaper.state == "ENABLED" && aws_scheduler_schedule.reaper.group_name == "nonprod-reaper"
    error_message = "every quarter of an hour, to the minute"
  }

  assert {
    condition     = aws_scheduler_schedule.reaper.target[0].arn == aws_lambda_function.reaper.arn && aws_scheduler_schedule.reaper.target[0].dead_letter_config[0].arn == aws_sqs_queue.dead_letters.arn && aws_scheduler_schedule.reaper.target[0].retry_policy[0].maximum_event_age_in_seconds <= 3600
    error_message = "what cannot be delivered within an hour is a dead letter"
  }
}

run "the_schedulers_role_may_start_this_function_and_nothing_else" {
  command = apply

  assert {
    condition     = { for statement in jsondecode(aws_iam_role_policy.scheduler.policy).Statement : statement.Action[0] => statement.Resource } == { "lambda:InvokeFunction" = [aws_lambda_function.reaper.arn], "sqs:SendMessage" = [aws_sqs_queue.dead_letters.arn] }
    error_message = "one function, one queue"
  }

  assert {
    condition     = jsondecode(aws_iam_role.scheduler.assume_role_policy).Statement[0].Condition.StringEquals == { "aws:SourceAccount" = "123456789012", "aws:SourceArn" = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/nonprod-reaper" }
    error_message = "for schedules of this account and of this group"
  }
}

run "a_run_that_fails_is_kept_and_told_of" {
  command = apply

  variables {
    alarm_topic_arns = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  }

  assert {
    condition     = one(one(aws_lambda_function_event_invoke_config.reaper.destination_config).on_failure).destination == aws_sqs_queue.dead_letters.arn && aws_lambda_function_event_invoke_config.reaper.maximum_retry_attempts == 1
    error_message = "tried once more, then handed to the queue"
  }

  assert {
    condition     = aws_sqs_queue.dead_letters.sqs_managed_sse_enabled && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "encrypted, for fourteen days"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.threshold == 0 && aws_cloudwatch_metric_alarm.dead_letters.comparison_operator == "GreaterThanThreshold" && aws_cloudwatch_metric_alarm.dead_letters.alarm_actions == toset(var.alarm_topic_arns)
    error_message = "one dead letter is an alarm"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.silence[0].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.silence[0].evaluation_periods == 2 && aws_cloudwatch_metric_alarm.silence[0].alarm_actions == toset(var.alarm_topic_arns)
    error_message = "and so are two hours without a run"
  }
}

run "the_reaper_has_the_policy_given_and_may_report" {
  command = apply

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    kms_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/own"
    report_emails            = ["platform@example.gov.uk"]
  }

  assert {
    condition     = aws_iam_role_policy.environments.policy == var.policy_json && aws_iam_role.reaper.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "what it may do is given, within the boundary"
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_role_policy.reports.policy).Statement : statement.Sid => statement.Resource } == { Report = [aws_sns_topic.reports.arn], HandOverWhatFailed = [aws_sqs_queue.dead_letters.arn], EncryptReports = ["arn:aws:kms:eu-west-1:123456789012:key/own"] }
    error_message = "besides, it may publish, hand over what failed, and use the topic's key"
  }

  assert {
    condition     = aws_sns_topic.reports.kms_master_key_id == "arn:aws:kms:eu-west-1:123456789012:key/own" && aws_sns_topic_subscription.reports["platform@example.gov.uk"].protocol == "email"
    error_message = "reports are encrypted, and go to who asked for them"
  }
}

run "slack_is_told_where_there_is_a_webhook" {
  command = apply

  variables {
    slack_webhook_secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-AbCdEf"
    grace_minutes            = 30
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_role_policy.reports.policy).Statement : statement.Sid => statement.Resource }["PostToSlack"] == ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-AbCdEf"]
    error_message = "it may read that one secret"
  }

  assert {
    condition     = one(aws_lambda_function.reaper.environment).variables["SLACK_WEBHOOK_SECRET_ARN"] == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-AbCdEf" && one(aws_lambda_function.reaper.environment).variables["GRACE_MINUTES"] == "30"
    error_message = "and is told which"
  }
}

run "a_reaper_that_is_switched_off_is_not_missed" {
  command = apply

  variables {
    enabled = false
  }

  assert {
    condition     = aws_scheduler_schedule.reaper.state == "DISABLED" && length(aws_cloudwatch_metric_alarm.silence) == 0
    error_message = "nothing starts it, and no alarm says so"
  }
}

run "logs_are_encrypted_with_the_key_given" {
  command = plan

  variables {
    log_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/logs"
  }

  assert {
    condition     = aws_cloudwatch_log_group.reaper.kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/logs"
    error_message = "the group has the key"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                     = "9lives"
    handler                  = "reaper"
    runtime                  = "python3.12"
    memory_mb                = 64
    timeout_seconds          = 901
    reserved_concurrency     = 0
    function_retries         = 3
    event_age_seconds        = 30
    schedule                 = "every hour"
    platform_parameter       = "mayfly"
    environment              = { DRY_RUN = "maybe" }
    policy_json              = "{}"
    permissions_boundary_arn = "boundary"
    kms_key_arn              = "alias/own"
    report_emails            = ["nobody"]
    silence_alarm_hours      = 0
    log_retention_days       = 8
    log_kms_key_arn          = "arn:aws:kms:eu-west-1:123456789012:alias/logs"
    alarm_topic_arns         = ["alarms"]
    grace_minutes            = -1
    slack_webhook_secret_arn = "https://hooks.slack.com/services/x"
  }

  expect_failures = [
    var.name, var.handler, var.runtime, var.memory_mb, var.timeout_seconds, var.reserved_concurrency, var.function_retries,
    var.event_age_seconds, var.schedule, var.platform_parameter, var.environment, var.policy_json,
    var.permissions_boundary_arn, var.kms_key_arn, var.report_emails, var.silence_alarm_hours, var.log_retention_days,
    var.log_kms_key_arn, var.alarm_topic_arns, var.grace_minutes, var.slack_webhook_secret_arn,
  ]
}

run "a_rate_of_one_minutes_is_refused" {
  command = plan

  variables {
    schedule = "rate(1 minutes)"
  }

  expect_failures = [var.schedule]
}
