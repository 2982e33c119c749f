output "platform_parameter" {
  description = "The parameter that holds the platform document: Mayfly's PLATFORM_PARAMETER."
  value       = aws_ssm_parameter.platform.name
}

output "name_servers" {
  description = "What the parent zone's NS record for the ephemeral zone has to hold."
  value       = module.dns.name_servers
}

output "master_secret_arn" {
  description = "The secret that RDS keeps the source's master password in."
  value       = module.source_database.master_secret_arn
}

output "webhook_url" {
  description = "What the GitHub App's settings name as its webhook URL; null without `app`."
  value       = one(module.app[*].webhook_url)
}

output "app_secret_arns" {
  description = "The secrets that take the app's private key and webhook secret; null without `app`."
  value       = one(module.app[*].secret_arns)
}

output "source_secret_arns" {
  description = "The secrets that masking needs a value in; null without `refresh`."
  value       = one(module.source_refresh[*].secret_arns)
}

output "task_boundary_arn" {
  description = "The permissions boundary for the roles of applications."
  value       = aws_iam_policy.task_boundary.arn
}

output "workflow_role_arns" {
  description = "The roles of GitHub workflows, by what they do."
  value       = { for role, made in module.workflow_role : role => made.role_arn }
}

output "cache_endpoint" {
  description = "Where the shared cache is; null without one."
  value       = one(module.cache[*].endpoint)
}

output "dashboards" {
  description = "CloudWatch dashboards: of the platform, and of one environment, which is chosen there."
  value       = module.monitoring.dashboards
}
