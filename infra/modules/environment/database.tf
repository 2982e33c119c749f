data "aws_rds_cluster" "source" {
  count = var.database == null ? 0 : 1

  cluster_identifier = var.platform.database.sourceIdentifier
}

resource "aws_rds_cluster" "clone" {
  count = var.database == null ? 0 : 1

  cluster_identifier = local.name
  engine             = "aurora-mysql"

  restore_to_point_in_time {
    source_cluster_identifier  = var.platform.database.sourceIdentifier
    restore_type               = "copy-on-write"
    use_latest_restorable_time = true
  }

  # A clone opens with its source's master password. The provider changes it as soon as the clone is there, before it has
  # an instance that anybody could connect to.
  master_password_wo         = var.database_password
  master_password_wo_version = 1

  # Left out, RDS takes defaults of its own for these three, not the source's (RestoreDBClusterToPointInTime).
  db_subnet_group_name            = var.platform.database.subnetGroup
  vpc_security_group_ids          = var.platform.database.securityGroupIds
  db_cluster_parameter_group_name = var.platform.database.parameterGroup

  serverlessv2_scaling_configuration {
    min_capacity             = var.database.capacity.min
    max_capacity             = var.database.capacity.max
    seconds_until_auto_pause = var.database.capacity.min == 0 ? var.database.capacity.auto_pause_seconds : null
  }

  # What is kept of a clone is wasted: the least that RDS takes, and nothing once it is gone.
  backup_retention_period  = 1
  delete_automated_backups = true
  skip_final_snapshot      = true
  deletion_protection      = false
  copy_tags_to_snapshot    = true
  apply_immediately        = true

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.name })

  lifecycle {
    # A source promoted later is for later clones: taken as a change, it would replace this one, data and all.
    ignore_changes = [restore_to_point_in_time]
  }
}

# RestoreDBClusterToPointInTime makes no instance.
resource "aws_rds_cluster_instance" "clone" {
  count = var.database == null ? 0 : 1

  identifier            = "${local.name}-1"
  cluster_identifier    = aws_rds_cluster.clone[0].id
  engine                = aws_rds_cluster.clone[0].engine
  instance_class        = "db.serverless"
  publicly_accessible   = false
  promotion_tier        = 1
  copy_tags_to_snapshot = true
  apply_immediately     = true

  tags = merge(local.tags, { (local.domain.tagKeys.name) = "${local.name}-1" })
}

# The secret in full, as Mayfly writes it: where the database is stands in it once there is one.
resource "aws_secretsmanager_secret_version" "database" {
  count = var.database == null ? 0 : 1

  secret_id = var.database_secret_arn
  secret_string_wo = jsonencode({
    host     = aws_rds_cluster.clone[0].endpoint
    port     = aws_rds_cluster.clone[0].port
    dbname   = var.database.name == null ? "" : var.database.name
    username = data.aws_rds_cluster.source[0].master_username
    password = var.database_password
  })
  # A number that changes with what stands in it, the password excepted, which never changes.
  secret_string_wo_version = parseint(substr(sha256("${aws_rds_cluster.clone[0].endpoint}:${aws_rds_cluster.clone[0].port}/${coalesce(var.database.name, "-")}"), 0, 7), 16)
}
