locals {
  identifier = "${var.name}-source"
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "The source database and its clones"
  subnet_ids  = var.subnet_ids

  tags = { Name = var.name }
}

resource "aws_rds_cluster_parameter_group" "this" {
  name        = "${var.name}-aurora-mysql8"
  description = "The source database and its clones"
  family      = "aurora-mysql8.0"

  dynamic "parameter" {
    for_each = var.parameters

    content {
      name  = parameter.key
      value = parameter.value
      # A static parameter takes no other; a dynamic one is applied at the next restart.
      apply_method = "pending-reboot"
    }
  }

  tags = { Name = "${var.name}-aurora-mysql8" }
}

resource "aws_rds_cluster" "source" {
  cluster_identifier = local.identifier
  engine             = "aurora-mysql"
  engine_version     = var.engine_version

  database_name               = var.database_name
  master_username             = var.master_username
  manage_master_user_password = true

  db_subnet_group_name            = aws_db_subnet_group.this.name
  vpc_security_group_ids          = var.security_group_ids
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name

  storage_encrypted = true
  kms_key_id        = var.kms_key_arn

  backup_retention_period      = var.backup_retention_days
  preferred_backup_window      = "01:00-02:00"
  preferred_maintenance_window = "sun:03:00-sun:04:00"

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.deletion_protection
  final_snapshot_identifier = "${local.identifier}-final"

  serverlessv2_scaling_configuration {
    min_capacity = var.capacity.min
    max_capacity = var.capacity.max
  }

  tags = { Name = local.identifier }

  lifecycle {
    # Serverless v1's, which this is not.
    ignore_changes = [scaling_configuration]
  }
}

# A cluster without an instance cannot be cloned (RestoreDBClusterToPointInTime), so there is always this one.
resource "aws_rds_cluster_instance" "source" {
  identifier           = "${local.identifier}-1"
  cluster_identifier   = aws_rds_cluster.source.id
  engine               = aws_rds_cluster.source.engine
  engine_version       = aws_rds_cluster.source.engine_version
  instance_class       = "db.serverless"
  db_subnet_group_name = aws_db_subnet_group.this.name
  publicly_accessible  = false

  tags = { Name = "${local.identifier}-1" }
}
