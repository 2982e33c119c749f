locals {
  port = 3000

  # What Mayfly is told, by the names of its own `.env.example`. What is null is left to Mayfly's default.
  settings = {
    APP_ID               = tostring(var.app_id)
    GITHUB_API_URL       = var.settings.github_api_url
    HOST                 = "0.0.0.0"
    PORT                 = tostring(local.port)
    DATABASE_URL         = local.database_url
    DATABASE_SECRET      = local.database_secret_arn
    DATABASE_CA_FILE     = local.makes_database ? var.database_ca_file : null
    AWS_REGION           = local.region
    PLATFORM_PARAMETER   = var.platform_parameter
    CLONE_CA_FILE        = var.database_ca_file
    TRIGGER_LABEL        = var.settings.trigger_label
    LABEL_PERMISSION     = var.settings.label_permission
    BLUEPRINT_PATH       = var.settings.blueprint_path
    BLUEPRINT_SCHEMA_URL = var.settings.blueprint_schema_url
    ALLOWED_BOTS         = length(var.settings.allowed_bots) > 0 ? join(",", var.settings.allowed_bots) : null
    ASKS_PER_USER        = var.settings.asks_per_user == null ? null : tostring(var.settings.asks_per_user)
    ASKS_PER_REPOSITORY  = var.settings.asks_per_repository == null ? null : tostring(var.settings.asks_per_repository)
    WORKERS              = var.settings.workers == null ? null : tostring(var.settings.workers)
    SWEEP                = var.settings.sweep
    SWEEP_GRACE_MINUTES  = var.settings.sweep_grace_minutes == null ? null : tostring(var.settings.sweep_grace_minutes)
    LOG_LEVEL            = var.settings.log_level
  }
  environment = { for name, value in local.settings : name => value if value != null }

  # ECS hands these over as a task starts. Terraform knows where they are, and not what they are.
  secrets = merge(
    {
      PRIVATE_KEY    = aws_secretsmanager_secret.app["private-key"].arn
      WEBHOOK_SECRET = aws_secretsmanager_secret.app["webhook-secret"].arn
    },
    var.api ? { API_TOKEN = aws_secretsmanager_secret.app["api-token"].arn } : {},
    local.makes_database ? {} : { DATABASE_URL = var.existing_database.url_secret_arn },
  )
}
