output "function_name" {
  description = "The function, for whoever starts it by hand."
  value       = aws_lambda_function.reaper.function_name
}

output "function_arn" {
  description = "The function's ARN."
  value       = aws_lambda_function.reaper.arn
}

output "role_arn" {
  description = "What the reaper is in AWS."
  value       = aws_iam_role.reaper.arn
}

output "report_topic_arn" {
  description = "Where the reaper says what it found and did; subscribe to it."
  value       = aws_sns_topic.reports.arn
}

output "dead_letter_queue_url" {
  description = "Runs that failed or never began."
  value       = aws_sqs_queue.dead_letters.url
}

output "dead_letter_queue_arn" {
  description = "The same queue, for policies."
  value       = aws_sqs_queue.dead_letters.arn
}

output "schedule_group_name" {
  description = "The group that holds the schedule, and nothing else."
  value       = aws_scheduler_schedule_group.reaper.name
}

output "log_group_name" {
  description = "Where the reaper logs to, in JSON."
  value       = aws_cloudwatch_log_group.reaper.name
}
