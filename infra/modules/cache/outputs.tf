output "endpoint" {
  description = "The host that a blueprint's environment or parameters name. It speaks TLS only."
  value       = local.endpoint
}

output "port" {
  description = "The port there."
  value       = local.port
}

output "url" {
  description = "Both, as `rediss://host:port`: the second s is TLS."
  value       = "rediss://${local.endpoint}:${local.port}"
}

output "security_group_id" {
  description = "Takes connections from the groups given, and from nothing else."
  value       = aws_security_group.cache.id
}

output "arn" {
  description = "The cache, for policies."
  value       = local.is_serverless ? aws_elasticache_serverless_cache.this[0].arn : aws_elasticache_replication_group.this[0].arn
}
