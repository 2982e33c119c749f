mock_provider "aws" {}

variables {
  name               = "nonprod"
  subnet_ids         = ["subnet-0a", "subnet-0b"]
  security_group_ids = ["sg-0a"]
}

run "the_source_is_aurora_mysql_3_with_one_instance_to_clone_from" {
  command = plan

  assert {
    condition     = aws_rds_cluster.source.cluster_identifier == "nonprod-source" && aws_rds_cluster.source.engine == "aurora-mysql" && startswith(aws_rds_cluster.source.engine_version, "8.0.mysql_aurora.3.")
    error_message = "an Aurora MySQL 3 cluster named after the platform"
  }

  assert {
    condition     = aws_rds_cluster_instance.source.identifier == "nonprod-source-1" && aws_rds_cluster_instance.source.instance_class == "db.serverless" && aws_rds_cluster_instance.source.publicly_accessible == false
    error_message = "one serverless instance, not public"
  }

  assert {
    condition     = aws_rds_cluster_parameter_group.this.family == "aurora-mysql8.0" && aws_rds_cluster.source.db_cluster_parameter_group_name == "nonprod-aurora-mysql8"
    error_message = "the cluster has the parameter group made for it"
  }
}

run "data_is_encrypted_backed_up_and_protected" {
  command = plan

  assert {
    condition     = aws_rds_cluster.source.storage_encrypted && aws_rds_cluster.source.backup_retention_period == 7 && aws_rds_cluster.source.deletion_protection && !aws_rds_cluster.source.skip_final_snapshot
    error_message = "encrypted, seven days of backups, deletion refused, a snapshot at the end"
  }
}

run "the_master_password_is_made_and_kept_by_rds" {
  command = plan

  assert {
    condition     = aws_rds_cluster.source.manage_master_user_password && aws_rds_cluster.source.master_password == null
    error_message = "no password goes through Terraform"
  }
}

run "parameters_are_set_on_the_group" {
  command = plan

  variables {
    parameters = { sql_mode = "STRICT_TRANS_TABLES" }
  }

  assert {
    condition     = one(aws_rds_cluster_parameter_group.this.parameter).name == "sql_mode" && one(aws_rds_cluster_parameter_group.this.parameter).value == "STRICT_TRANS_TABLES"
    error_message = "the parameter given is the group's only one"
  }
}

run "an_unprotected_source_can_be_destroyed" {
  command = plan

  variables {
    deletion_protection = false
  }

  assert {
    condition     = !aws_rds_cluster.source.deletion_protection && aws_rds_cluster.source.skip_final_snapshot
    error_message = "without protection nothing stands in the way"
  }
}

run "a_source_that_pauses_itself_is_refused" {
  command = plan

  variables {
    capacity = { min = 0, max = 2 }
  }

  expect_failures = [var.capacity]
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                  = "9lives"
    subnet_ids            = ["subnet-0a"]
    security_group_ids    = []
    engine_version        = "5.7.mysql_aurora.2.11.0"
    database_name         = "my-app"
    master_username       = "1admin"
    capacity              = { min = 4, max = 2 }
    backup_retention_days = 0
    kms_key_arn           = "alias/aws/rds"
  }

  expect_failures = [
    var.name, var.subnet_ids, var.security_group_ids, var.engine_version, var.database_name, var.master_username,
    var.capacity, var.backup_retention_days, var.kms_key_arn,
  ]
}
