output "name" {
  description = "The cluster's name."
  value       = aws_ecs_cluster.this.name
}

output "arn" {
  description = "The cluster's ARN."
  value       = aws_ecs_cluster.this.arn
}

output "execution_role_arn" {
  description = "The role that ECS starts tasks with, once it may."
  value       = aws_iam_role.execution.arn

  depends_on = [aws_iam_role_policy.execution]
}

output "log_retention_days" {
  description = "How long logs of environments are kept."
  value       = var.log_retention_days
}
