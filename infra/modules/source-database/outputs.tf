output "identifier" {
  description = "The cluster that is cloned, once it has the instance that cloning needs."
  value       = aws_rds_cluster_instance.source.cluster_identifier
}

output "instance_identifier" {
  description = "The instance that cloning needs."
  value       = aws_rds_cluster_instance.source.identifier
}

output "arn" {
  description = "The cluster's ARN, for policies."
  value       = aws_rds_cluster.source.arn
}

output "subnet_group" {
  description = "The subnet group, which clones are put in too."
  value       = aws_db_subnet_group.this.name
}

output "parameter_group" {
  description = "The cluster parameter group, which clones have too."
  value       = aws_rds_cluster_parameter_group.this.name
}

output "master_secret_arn" {
  description = "The secret that RDS keeps the master password in."
  value       = one(aws_rds_cluster.source.master_user_secret[*].secret_arn)
}
