output "webhook_url" {
  description = "What the GitHub App's settings name as its webhook URL."
  value       = local.webhook_url
}

output "health_url" {
  description = "Says 200 while a web task, its database and its queue work."
  value       = "https://${local.host}${local.health_path}"
}

output "secret_arns" {
  description = "The secrets that values have to be put into before Mayfly starts: `private-key` and `webhook-secret`, with `api` also `api-token`."
  value       = { for name, secret in aws_secretsmanager_secret.app : name => secret.arn }
}

output "service_names" {
  description = "The two ECS services, `web` and `worker`."
  value       = { for role, service in aws_ecs_service.app : role => service.name }
}

output "task_role_arn" {
  description = "What Mayfly is in AWS."
  value       = aws_iam_role.task.arn
}

output "execution_role_arn" {
  description = "The role that ECS starts Mayfly's tasks with."
  value       = aws_iam_role.execution.arn
}

output "task_security_group_id" {
  description = "The security group of every task of Mayfly."
  value       = aws_security_group.tasks.id
}

output "log_group_name" {
  description = "Where both services log to, in streams that begin with `web` and `worker`."
  value       = aws_cloudwatch_log_group.app.name
}

output "database_identifier" {
  description = "The database that was made; null where one was given."
  value       = one(aws_db_instance.app[*].identifier)
}

output "database_secret_arn" {
  description = "The secret that RDS keeps the password of that database in; null where one was given."
  value       = local.database_secret_arn
}

output "alarm_arns" {
  description = "Every alarm, by what it is about."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.app : name => alarm.arn }
}
