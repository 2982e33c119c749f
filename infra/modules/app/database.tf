locals {
  makes_database = var.existing_database == null
  database_port  = local.makes_database ? 5432 : var.existing_database.port
  database_count = local.makes_database ? 1 : 0
  database_user  = "mayfly"
  database_name  = "mayfly"
  postgres_major = split(".", var.database.engine_version)[0]

  # Without a password, which changes: Mayfly reads it out of the secret for each connection.
  database_url        = local.makes_database ? "postgres://${local.database_user}@${aws_db_instance.app[0].address}:${aws_db_instance.app[0].port}/${local.database_name}" : null
  database_secret_arn = local.makes_database ? one(aws_db_instance.app[0].master_user_secret[*].secret_arn) : null
}

resource "aws_db_subnet_group" "app" {
  count = local.database_count

  name        = local.app
  description = "Mayfly's own database"
  subnet_ids  = var.subnet_ids

  tags = { Name = local.app }
}

resource "aws_db_parameter_group" "app" {
  count = local.database_count

  name        = "${local.app}-postgres${local.postgres_major}"
  description = "Mayfly's own database"
  family      = "postgres${local.postgres_major}"

  # The default from Postgres 15 on; here so that nobody need know.
  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  tags = { Name = "${local.app}-postgres${local.postgres_major}" }

  # Another major version has another family, and an instance in its group until it is upgraded.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "app" {
  count = local.database_count

  identifier     = local.app
  engine         = "postgres"
  engine_version = var.database.engine_version
  instance_class = var.database.instance_class

  db_name                       = local.database_name
  username                      = local.database_user
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.kms_key_arn

  storage_type          = "gp3"
  allocated_storage     = var.database.storage_gb
  max_allocated_storage = var.database.max_storage_gb
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.app[0].name
  vpc_security_group_ids = [aws_security_group.database[0].id]
  parameter_group_name   = aws_db_parameter_group.app[0].name
  publicly_accessible    = false
  multi_az               = var.database.multi_az

  # One of the authorities in RDS's bundle, which the image has. Said here, so that a change of it is a change here.
  ca_cert_identifier = "rds-ca-rsa2048-g1"

  backup_retention_period     = var.database.backup_retention_days
  backup_window               = "01:00-02:00"
  maintenance_window          = "sun:03:00-sun:04:00"
  copy_tags_to_snapshot       = true
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = false

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.deletion_protection
  final_snapshot_identifier = "${local.app}-final"

  tags = { Name = local.app }
}
