mock_provider "aws" {
  mock_resource "aws_elasticache_replication_group" {
    defaults = { primary_endpoint_address = "nonprod-cache.abc.euw1.cache.amazonaws.com" }
  }
  mock_resource "aws_elasticache_serverless_cache" {
    defaults = { endpoint = [{ address = "nonprod-cache-abc.serverless.euw1.cache.amazonaws.com", port = 6379 }] }
  }
}

variables {
  name                      = "nonprod"
  accept_sharing            = true
  vpc_id                    = "vpc-0abc"
  subnet_ids                = ["subnet-0a", "subnet-0b"]
  client_security_group_ids = ["sg-0service"]
}

run "nobody_shares_a_cache_without_having_said_so" {
  command = plan

  variables {
    accept_sharing = false
  }

  expect_failures = [var.accept_sharing]
}

run "a_shared_cache_says_what_it_is" {
  command = apply

  assert {
    condition     = strcontains(aws_elasticache_replication_group.this[0].description, "keys collide") && aws_elasticache_replication_group.this[0].replication_group_id == "nonprod-cache"
    error_message = "whoever finds it in the console reads the warning"
  }
}

run "a_cache_of_one_environment_needs_no_consent" {
  command = apply

  variables {
    accept_sharing = false
    environment    = "pr-7"
  }

  assert {
    condition     = aws_elasticache_replication_group.this[0].replication_group_id == "nonprod-pr-7-cache" && aws_elasticache_replication_group.this[0].description == "The cache of the environment pr-7"
    error_message = "it is named after its environment"
  }
}

run "nodes_are_encrypted_and_forget_when_full" {
  command = apply

  assert {
    condition     = aws_elasticache_replication_group.this[0].at_rest_encryption_enabled == "true" && aws_elasticache_replication_group.this[0].transit_encryption_enabled && aws_elasticache_replication_group.this[0].transit_encryption_mode == "required"
    error_message = "encrypted at rest, and TLS only"
  }

  assert {
    condition     = aws_elasticache_parameter_group.this[0].family == "valkey8" && one(aws_elasticache_parameter_group.this[0].parameter).name == "maxmemory-policy" && one(aws_elasticache_parameter_group.this[0].parameter).value == "allkeys-lru" && aws_elasticache_replication_group.this[0].parameter_group_name == "nonprod-cache-valkey8"
    error_message = "a full cache forgets what was longest unused"
  }

  assert {
    condition     = length(aws_elasticache_serverless_cache.this) == 0 && output.endpoint == "nonprod-cache.abc.euw1.cache.amazonaws.com" && output.port == 6379 && output.url == "rediss://nonprod-cache.abc.euw1.cache.amazonaws.com:6379"
    error_message = "a blueprint is pointed at the primary node"
  }
}

run "two_nodes_stand_in_for_each_other" {
  command = apply

  variables {
    node_count     = 2
    engine         = "redis"
    engine_version = "7.1"
  }

  assert {
    condition     = aws_elasticache_replication_group.this[0].automatic_failover_enabled && aws_elasticache_replication_group.this[0].multi_az_enabled && aws_elasticache_parameter_group.this[0].family == "redis7"
    error_message = "two take each other's place, in two zones"
  }
}

run "serverless_has_no_nodes_and_a_limit" {
  command = apply

  variables {
    mode = "serverless"
  }

  assert {
    condition     = length(aws_elasticache_replication_group.this) == 0 && length(aws_elasticache_subnet_group.this) == 0 && length(aws_elasticache_parameter_group.this) == 0
    error_message = "nothing of nodes is made"
  }

  assert {
    condition     = aws_elasticache_serverless_cache.this[0].major_engine_version == "8" && aws_elasticache_serverless_cache.this[0].cache_usage_limits[0].data_storage[0].maximum == 1 && aws_elasticache_serverless_cache.this[0].cache_usage_limits[0].ecpu_per_second[0].maximum == 1000
    error_message = "it cannot grow without end"
  }

  assert {
    condition     = output.endpoint == "nonprod-cache-abc.serverless.euw1.cache.amazonaws.com" && output.port == 6379
    error_message = "a blueprint is pointed at its one address"
  }
}

run "only_services_reach_it" {
  command = apply

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.cache : rule.referenced_security_group_id == "sg-0service" && rule.from_port == 6379 && rule.to_port == 6379 && rule.cidr_ipv4 == null]) && length(aws_vpc_security_group_ingress_rule.cache) == 1
    error_message = "one port, from the group given"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                      = "Non_Prod"
    environment               = "PR-7"
    mode                      = "cluster"
    engine                    = "memcached"
    vpc_id                    = "subnet-0abc"
    client_security_group_ids = []
    node_type                 = "db.t4g.micro"
    node_count                = 0
    eviction_policy           = "noeviction"
    serverless_limits         = { ecpu_per_second = 10 }
    kms_key_arn               = "alias/own"
  }

  expect_failures = [
    var.name, var.environment, var.mode, var.engine, var.vpc_id, var.client_security_group_ids, var.node_type, var.node_count, var.eviction_policy, var.serverless_limits,
    var.kms_key_arn,
  ]
}

# Terraform looks at a condition that names another variable only where that one is right.
run "versions_and_subnets_that_the_cache_cannot_have_are_refused" {
  command = plan

  variables {
    engine         = "redis"
    engine_version = "8.0"
    mode           = "serverless"
    subnet_ids     = ["subnet-0a", "subnet-0b", "subnet-0c", "subnet-0d"]
  }

  expect_failures = [var.engine_version, var.subnet_ids]
}
