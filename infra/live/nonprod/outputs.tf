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
