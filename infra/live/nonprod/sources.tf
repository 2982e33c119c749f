# What makes sources. Without it, somebody else makes the one that is cloned.
module "source_refresh" {
  source = "../../modules/source-refresh"
  count  = var.refresh == null ? 0 : 1

  name                       = var.name
  vpc_id                     = module.network.vpc_id
  database_security_group_id = module.network.database_security_group_id
  image                      = var.refresh.image
  architecture               = var.refresh.architecture
  log_kms_key_arn            = var.log_kms_key_arn
  secret_recovery_days       = var.protect ? 7 : 0
}

locals {
  # The document's `database.refresh`: one, or none. An optional key is left out, not null.
  refresh = [
    for made in module.source_refresh : merge(
      {
        snapshotsOf          = var.refresh.snapshots_of
        keepDays             = var.refresh.keep_days
        instanceClass        = var.refresh.instance_class
        capacity             = var.refresh.capacity
        database             = coalesce(var.refresh.database, var.database_name)
        rules                = var.refresh.rules
        caFile               = "/etc/ssl/rds/global-bundle.pem"
        taskFamily           = made.task_family
        container            = made.container
        taskSecurityGroupIds = [made.security_group_id]
        passwordSecret       = made.password_secret_arn
        maskHours            = var.refresh.mask_hours
      },
      var.refresh.schedule == null ? {} : { schedule = var.refresh.schedule },
    )
  ]

  # An ARN where another account shares its snapshots. RDS keeps identifiers in lower case.
  snapshots_of = try(split(":", var.refresh.snapshots_of), [])

  source_policy_names = {
    snapshot_cluster     = lower(try(element(local.snapshots_of, length(local.snapshots_of) - 1), "none"))
    snapshot_account     = try(local.snapshots_of[4], var.account_id)
    mask_family          = try(module.source_refresh[0].task_family, "none")
    mask_role            = try(module.source_refresh[0].execution_role_arn, "none")
    mask_log_group       = try(module.source_refresh[0].log_group, "none")
    mask_password_secret = try(module.source_refresh[0].password_secret_arn, "none")
  }
}
