locals {
  issuer       = "token.actions.githubusercontent.com"
  role_name    = "${var.name}-workflow-${var.role}"
  provider_arn = var.provider_arn == null ? one(aws_iam_openid_connect_provider.github[*].arn) : var.provider_arn
}

# One for an account. AWS knows GitHub's certificates, so there is no thumbprint to keep
# (IAM User Guide, "Obtain the thumbprint for an OpenID Connect identity provider").
resource "aws_iam_openid_connect_provider" "github" {
  count = var.provider_arn == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]

  tags = { Name = local.issuer }
}

resource "aws_iam_role" "this" {
  name                 = local.role_name
  description          = "For workflows of ${var.repository} in its environment ${var.environment}"
  max_session_duration = var.session_seconds
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider_arn }
      # Compared as they stand: with StringLike a name could hold a wildcard.
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = "repo:${var.repository}:environment:${var.environment}"
        }
      }
    }]
  })

  tags = { Name = local.role_name }
}

resource "aws_iam_role_policy" "this" {
  name   = var.role
  role   = aws_iam_role.this.id
  policy = var.policy_json
}
