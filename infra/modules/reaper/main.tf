data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  reaper    = "${var.name}-reaper"
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id
}

# Before the function, which would make it itself at its first run, and keep everything for ever.
resource "aws_cloudwatch_log_group" "reaper" {
  name              = "/aws/lambda/${local.reaper}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = { Name = "/aws/lambda/${local.reaper}" }
}

resource "aws_lambda_function" "reaper" {
  function_name = local.reaper
  description   = "Finds ephemeral environments whose time is up or whose record is lost, by their tags"
  role          = aws_iam_role.reaper.arn

  filename         = var.package_file
  source_code_hash = filebase64sha256(var.package_file)
  handler          = var.handler
  runtime          = var.runtime
  architectures    = ["arm64"]

  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = coalesce(var.reserved_concurrency, -1)

  environment {
    variables = merge(
      {
        PLATFORM_PARAMETER = var.platform_parameter
        REPORT_TOPIC_ARN   = aws_sns_topic.reports.arn
        DRY_RUN            = tostring(var.dry_run)
        GRACE_MINUTES      = tostring(var.grace_minutes)
      },
      var.slack_webhook_secret_arn == null ? {} : { SLACK_WEBHOOK_SECRET_ARN = var.slack_webhook_secret_arn },
      var.environment,
    )
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.reaper.name
  }

  tags = { Name = local.reaper }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.reports, aws_iam_role_policy.environments]
}

# Scheduler invokes asynchronously: what fails is Lambda's to repeat, and then to hand over.
resource "aws_lambda_function_event_invoke_config" "reaper" {
  function_name                = aws_lambda_function.reaper.function_name
  maximum_retry_attempts       = var.function_retries
  maximum_event_age_in_seconds = var.event_age_seconds

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letters.arn
    }
  }

  # Lambda looks whether it may send there as the destination is set.
  depends_on = [aws_iam_role_policy.reports]
}
