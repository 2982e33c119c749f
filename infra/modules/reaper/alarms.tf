resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${local.reaper}-dead-letters"
  alarm_description   = "A run of the reaper failed or never began: expired environments stay and cost. Read the messages in the queue ${aws_sqs_queue.dead_letters.name} and the log group ${aws_cloudwatch_log_group.reaper.name}, mend it, then purge the queue."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  # SQS reports nothing of a queue that nobody has used for six hours.
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_topic_arns
  ok_actions         = var.alarm_topic_arns

  tags = { Name = "${local.reaper}-dead-letters" }
}

# A schedule that was switched off by hand, or that has lost its role, leaves nothing in the queue.
resource "aws_cloudwatch_metric_alarm" "silence" {
  count = var.enabled ? 1 : 0

  alarm_name          = "${local.reaper}-silence"
  alarm_description   = "The reaper has not run for ${var.silence_alarm_hours} h: expired environments stay and cost. Look at the schedule ${local.reaper} in the group of that name, and at the queue ${aws_sqs_queue.dead_letters.name}."
  namespace           = "AWS/Lambda"
  metric_name         = "Invocations"
  statistic           = "Sum"
  dimensions          = { FunctionName = aws_lambda_function.reaper.function_name }
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 3600
  evaluation_periods  = var.silence_alarm_hours
  treat_missing_data  = "breaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  tags = { Name = "${local.reaper}-silence" }
}
