output "task_family" {
  description = "The family of the task definition: `database.refresh.taskFamily` of the platform document."
  value       = aws_ecs_task_definition.anonymise.family
}

output "container" {
  description = "Its container: `database.refresh.container`."
  value       = var.container
}

output "security_group_id" {
  description = "The task's group: `database.refresh.taskSecurityGroupIds`."
  value       = aws_security_group.anonymise.id
}

output "password_secret_arn" {
  description = "The secret with the password of restored sources: `database.refresh.passwordSecret`, which Mayfly reads."
  value       = aws_secretsmanager_secret.sources["database-password"].arn
}

output "secret_arns" {
  description = "The secrets, by what they are for. Each wants a value before the first refresh."
  value       = { for name, secret in aws_secretsmanager_secret.sources : name => secret.arn }
}

output "execution_role_arn" {
  description = "The role that starts the task, which Mayfly hands to it."
  value       = aws_iam_role.execution.arn
}

output "log_group" {
  description = "Where the task logs, and hands over the passport."
  value       = aws_cloudwatch_log_group.anonymise.name
}
