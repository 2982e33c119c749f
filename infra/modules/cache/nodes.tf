locals {
  nodes_made = local.is_serverless ? 0 : 1
}

resource "aws_elasticache_subnet_group" "this" {
  count = local.nodes_made

  name        = local.cache
  description = local.description
  subnet_ids  = var.subnet_ids

  tags = { Name = local.cache }
}

resource "aws_elasticache_parameter_group" "this" {
  count = local.nodes_made

  name        = "${local.cache}-${local.family}"
  description = local.description
  family      = local.family

  # A cache that is full forgets; with the default of ElastiCache, volatile-lru, it refuses once nothing in it expires.
  parameter {
    name  = "maxmemory-policy"
    value = var.eviction_policy
  }

  tags = { Name = "${local.cache}-${local.family}" }

  # Another major version has another family, and nodes in its group until they are upgraded.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_replication_group" "this" {
  count = local.nodes_made

  replication_group_id = local.cache
  description          = local.description
  engine               = var.engine
  engine_version       = var.engine_version
  node_type            = var.node_type
  num_cache_clusters   = var.node_count
  port                 = 6379

  subnet_group_name    = aws_elasticache_subnet_group.this[0].name
  parameter_group_name = aws_elasticache_parameter_group.this[0].name
  security_group_ids   = [aws_security_group.cache.id]

  # The one takes the other's place, which takes two.
  automatic_failover_enabled = var.node_count > 1
  multi_az_enabled           = var.node_count > 1

  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  kms_key_id                 = var.kms_key_arn

  maintenance_window         = "sun:03:00-sun:04:00"
  auto_minor_version_upgrade = true
  apply_immediately          = true
  # What is in a cache can be made again.
  snapshot_retention_limit = 0

  tags = { Name = local.cache }
}
