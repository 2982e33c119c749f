locals {
  # Not below `<name>/`: the role that starts the tasks of environments may read everything there.
  secrets = {
    anonymise-key     = "The key of the masks: at least 32 characters; whoever has it can find out which fake stands for a name they guess"
    passport-key      = "What passports are signed with: an Ed25519 private key in PEM"
    database-password = "The password of restored sources: a JSON object with `password`"
  }
}

# Without values: a value here would stand in the state. They are put once, as the README says.
resource "aws_secretsmanager_secret" "sources" {
  for_each = local.secrets

  name                    = "${local.sources}/${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.secret_recovery_days

  tags = { Name = "${local.sources}/${each.key}" }
}
