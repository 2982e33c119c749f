output "secret_arn" {
  description = "The secret that the password is kept in."
  value       = aws_secretsmanager_secret.this.arn
}

output "password" {
  description = "The password, which is in no state and in no plan."
  value       = jsondecode(ephemeral.aws_secretsmanager_secret_version.current.secret_string).password
  ephemeral   = true
  sensitive   = true
}
