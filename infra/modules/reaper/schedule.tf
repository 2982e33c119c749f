# A group of its own: schedules take no tags, and groups do.
resource "aws_scheduler_schedule_group" "reaper" {
  name = local.reaper

  tags = { Name = local.reaper }
}

resource "aws_scheduler_schedule" "reaper" {
  name                         = local.reaper
  group_name                   = aws_scheduler_schedule_group.reaper.name
  description                  = "Starts the reaper"
  state                        = var.enabled ? "ENABLED" : "DISABLED"
  schedule_expression          = var.schedule
  schedule_expression_timezone = "UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.reaper.arn
    role_arn = aws_iam_role.scheduler.arn

    # The next one comes soon: an invocation that is an hour late is of no use to anybody.
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 5
    }

    dead_letter_config {
      arn = aws_sqs_queue.dead_letters.arn
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}
