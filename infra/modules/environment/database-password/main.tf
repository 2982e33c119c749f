# RDS takes 8 to 41 characters; letters and digits need no quoting in any connection string.
ephemeral "aws_secretsmanager_random_password" "new" {
  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "this" {
  name        = var.secret_name
  description = "The master user of an environment's database"
  # A window would keep the name from the next environment so called, for 7 to 30 days.
  recovery_window_in_days = 0

  tags = var.tags
}

resource "aws_secretsmanager_secret_version" "first" {
  secret_id                = aws_secretsmanager_secret.this.id
  secret_string_wo         = jsonencode({ password = ephemeral.aws_secretsmanager_random_password.new.random_password })
  secret_string_wo_version = 1
}

# What is kept, not what was just made up: each apply makes up a password, and only the first is written.
ephemeral "aws_secretsmanager_secret_version" "current" {
  secret_id = aws_secretsmanager_secret_version.first.secret_id
}
