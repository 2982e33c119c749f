locals {
  cache         = var.environment == null ? "${var.name}-cache" : "${var.name}-${var.environment}-cache"
  description   = var.environment == null ? "Shared by every environment: keys collide unless the application prefixes them" : "The cache of the environment ${var.environment}"
  is_serverless = var.mode == "serverless"

  # Both engines have a family for each major version, and the two that matter have one name each.
  family = "${var.engine}${split(".", var.engine_version)[0]}"

  # A serverless cache has one address for both, and takes TLS alone.
  endpoint = local.is_serverless ? one(aws_elasticache_serverless_cache.this[0].endpoint[*].address) : aws_elasticache_replication_group.this[0].primary_endpoint_address
  port     = local.is_serverless ? one(aws_elasticache_serverless_cache.this[0].endpoint[*].port) : aws_elasticache_replication_group.this[0].port
}

resource "aws_security_group" "cache" {
  name        = local.cache
  description = local.description
  vpc_id      = var.vpc_id

  tags = { Name = local.cache }
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  for_each = { for position, id in var.client_security_group_ids : position => id }

  security_group_id            = aws_security_group.cache.id
  description                  = "Services"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 6379
  # A serverless cache answers reads from a replica on the port above (ElastiCache guide, connecting to a serverless cache).
  to_port = local.is_serverless ? 6380 : 6379
}

resource "aws_elasticache_serverless_cache" "this" {
  count = local.is_serverless ? 1 : 0

  name                 = local.cache
  description          = local.description
  engine               = var.engine
  major_engine_version = split(".", var.engine_version)[0]
  subnet_ids           = var.subnet_ids
  security_group_ids   = [aws_security_group.cache.id]
  kms_key_id           = var.kms_key_arn

  # Without a limit a loop in one environment is paid for by all.
  cache_usage_limits {
    data_storage {
      maximum = var.serverless_limits.storage_gb
      unit    = "GB"
    }

    ecpu_per_second {
      maximum = var.serverless_limits.ecpu_per_second
    }
  }

  tags = { Name = local.cache }
}
