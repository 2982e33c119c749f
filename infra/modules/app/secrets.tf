locals {
  # Not below `<name>/`: the role that starts the tasks of environments may read everything there.
  app_secrets = merge(
    {
      private-key    = "The private key of Mayfly's GitHub App: PEM, as it is or in base64"
      webhook-secret = "What GitHub signs webhooks to Mayfly with"
    },
    var.api ? { api-token = "What programs send to be shown the environments" } : {},
  )
}

# Without values: a value here would stand in the state. They are put once, by whoever makes the app.
resource "aws_secretsmanager_secret" "app" {
  for_each = local.app_secrets

  name                    = "${local.app}/${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.secret_recovery_days

  tags = { Name = "${local.app}/${each.key}" }
}
