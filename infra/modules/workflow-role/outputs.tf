output "role_arn" {
  description = "What a workflow gives `role-to-assume`, once it may do something."
  value       = aws_iam_role.this.arn

  depends_on = [aws_iam_role_policy.this]
}

output "provider_arn" {
  description = "The OIDC provider, for the next role of the account."
  value       = local.provider_arn
}
