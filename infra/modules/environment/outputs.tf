output "urls" {
  description = "Where each public service answers, by service: its first host, and the beginning of its first path."
  value = {
    for service in local.public : service => format("%s://%s%s",
      anytrue([for port in local.ports[service] : local.listeners[port].protocol == "HTTPS"]) ? "https" : "http",
      local.hosts[service][0],
      try(split("*", var.services[service].path_patterns[0])[0], ""),
    )
  }

  depends_on = [aws_ecs_service.service, aws_route53_record.host, aws_lb_listener_certificate.environment]
}

output "database" {
  description = "The clone: its endpoint, and the secret with its master password. Null where there is none."
  value = var.database == null ? null : {
    identifier = aws_rds_cluster_instance.clone[0].cluster_identifier
    endpoint   = aws_rds_cluster.clone[0].endpoint
    secret_arn = aws_secretsmanager_secret_version.database[0].arn
  }
}

output "cluster_arn" {
  description = "The ECS cluster that its services run on."
  value       = local.cluster_arn
}

output "log_groups" {
  description = "The log group of each service, by service."
  value       = { for service, group in aws_cloudwatch_log_group.service : service => group.name }
}

output "database_secret_name" {
  description = "What the secret with the clone's master password is to be called: an input of the module database-password."
  value       = local.secret_name
}

output "database_secret_tags" {
  description = "The tags of that secret."
  value       = merge(local.tags, { (local.domain.tagKeys.name) = local.secret_name })
}
