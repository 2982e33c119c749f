mock_provider "aws" {
  mock_data "aws_rds_cluster" {
    defaults = { master_username = "admin" }
  }
  mock_resource "aws_rds_cluster" {
    defaults = {
      id       = "nonprod-payments-2275a110"
      endpoint = "nonprod-payments.cluster-abc.eu-west-1.rds.amazonaws.com"
      port     = 3306
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/made/1" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/made:1" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/own" }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-west-1:123456789012:certificate/made"
      domain_validation_options = [
        { domain_name = "payments.ephemeral.example.gov.uk", resource_record_name = "_a.payments.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.payments.ephemeral.example.gov.uk", resource_record_name = "_a.payments.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
      ]
    }
  }
  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/made" }
  }
  mock_resource "aws_secretsmanager_secret_version" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:nonprod/payments/database-abcdef" }
  }
}

variables {
  name       = "payments"
  created_at = "2026-11-25T22:40:00Z"
  expires_at = "2026-12-02T22:40:00Z"
  branch     = "feat/pay"
  commit     = "0123456789abcdef0123456789abcdef01234567"
  repository = "example/shop"

  database_secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:nonprod/payments/database-abcdef"
  database_password   = "made-up"

  platform = {
    name      = "nonprod"
    accountId = "123456789012"
    region    = "eu-west-1"
    network   = { vpcId = "vpc-1", subnetIds = ["subnet-1", "subnet-2"], serviceSecurityGroupIds = ["sg-1"] }
    cluster   = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/nonprod", executionRoleArn = "arn:aws:iam::123456789012:role/execution" }
    loadBalancer = {
      dnsName = "nonprod-1.eu-west-1.elb.amazonaws.com"
      zoneId  = "Z1"
      listeners = [
        { port = 80, protocol = "HTTP", arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/80" },
        { port = 443, protocol = "HTTPS", arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/443", certificateNames = ["ephemeral.example.gov.uk", "*.ephemeral.example.gov.uk"] },
      ]
    }
    dns                 = { zoneId = "Z2", zone = "ephemeral.example.gov.uk" }
    database            = { sourceIdentifier = "nonprod-source", subnetGroup = "nonprod", securityGroupIds = ["sg-2"], parameterGroup = "nonprod-aurora-mysql8" }
    logs                = { retentionDays = 7, kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/logs" }
    environmentPrefixes = { "example/shop" = "shop" }
  }
  services = {
    web = {
      image       = "registry.example.com/shop-web:1"
      port        = 8080
      hosts       = ["web"]
      environment = { API = "https://$${host.api}", DB = "$${db.endpoint}:$${db.port}" }
      secrets     = { PASSWORD = "$${db.secretArn}:password::" }
    }
    api    = { image = "registry.example.com/shop-api:1", port = 8080, hosts = ["api"], health_check = { path = "/healthcheck", matcher = "200-499" } }
    worker = { image = "registry.example.com/shop-api:1" }
  }
}

run "the_database_is_a_clone_with_a_password_of_its_own" {
  assert {
    condition     = one(aws_rds_cluster.clone[0].restore_to_point_in_time).restore_type == "copy-on-write" && one(aws_rds_cluster.clone[0].restore_to_point_in_time).source_cluster_identifier == "nonprod-source"
    error_message = "left out, the type is a full copy"
  }

  assert {
    condition     = aws_rds_cluster.clone[0].master_password_wo_version == 1 && aws_rds_cluster.clone[0].master_password == null
    error_message = "the source's password does not open it, and no password is in the state"
  }

  assert {
    condition     = aws_rds_cluster.clone[0].db_cluster_parameter_group_name == "nonprod-aurora-mysql8" && aws_rds_cluster.clone[0].vpc_security_group_ids == toset(["sg-2"]) && aws_rds_cluster.clone[0].db_subnet_group_name == "nonprod"
    error_message = "none of the three is left to a default of RDS"
  }

  assert {
    condition     = aws_rds_cluster.clone[0].skip_final_snapshot && !aws_rds_cluster.clone[0].deletion_protection && aws_rds_cluster.clone[0].delete_automated_backups
    error_message = "it goes when it is told to, and leaves nothing"
  }

  assert {
    condition     = aws_rds_cluster_instance.clone[0].instance_class == "db.serverless" && aws_rds_cluster_instance.clone[0].cluster_identifier == aws_rds_cluster.clone[0].id && one(aws_rds_cluster.clone[0].serverlessv2_scaling_configuration).max_capacity == 2
    error_message = "a restored cluster has no instance, and takes a serverless one only with a capacity"
  }
}

run "every_tag_is_what_mayfly_looks_for" {
  assert {
    condition = aws_rds_cluster.clone[0].tags == tomap({
      Name       = "nonprod-payments-2275a110", Environment = "payments", TTL = "2026-12-02T22:40:00Z", Branch = "feat/pay", EphemeralEnv = "true",
      Repository = "example/shop", Commit = "0123456789abcdef0123456789abcdef01234567", ManagedBy = "mayfly",
    })
    error_message = "the nine tags less PullRequest, which there is none of"
  }

  assert {
    condition = alltrue([for tags in concat(
      values(aws_lb_target_group.service)[*].tags, values(aws_lb_listener_rule.host)[*].tags, values(aws_cloudwatch_log_group.service)[*].tags,
      values(aws_ecs_service.service)[*].tags, values(aws_ecs_task_definition.service)[*].tags, aws_acm_certificate.environment[*].tags,
      aws_rds_cluster_instance.clone[*].tags,
    ) : tags["Environment"] == "payments" && tags["ManagedBy"] == "mayfly" && tags["TTL"] == "2026-12-02T22:40:00Z" && tags["Name"] != ""])
    error_message = "all that can be tagged is"
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.service : service.propagate_tags == "SERVICE"])
    error_message = "its tasks too"
  }
}

run "a_pull_requests_number_is_a_tag_where_there_is_one" {
  variables {
    pull_request = 7
  }

  assert {
    condition     = aws_rds_cluster.clone[0].tags["PullRequest"] == "7"
    error_message = "it says which"
  }
}

run "only_what_has_a_host_is_behind_the_load_balancer" {
  assert {
    condition     = keys(aws_lb_target_group.service) == ["api", "web"] && keys(aws_lb_listener_rule.host) == ["api-443", "web-443"] && keys(aws_ecs_service.service) == ["api", "web", "worker"]
    error_message = "the worker has no target group, no rule and no host; the others answer on HTTPS"
  }

  assert {
    condition     = keys(aws_route53_record.host) == ["api.payments.ephemeral.example.gov.uk", "web.payments.ephemeral.example.gov.uk"]
    error_message = "hosts as the template says"
  }

  assert {
    condition     = one(aws_ecs_service.service["web"].load_balancer).container_port == 8080 && length(aws_ecs_service.service["worker"].load_balancer) == 0
    error_message = "the container that listens"
  }

  assert {
    condition     = one(aws_lb_target_group.service["api"].health_check).matcher == "200-499" && one(aws_lb_target_group.service["web"].health_check).path == "/"
    error_message = "each service's own health check"
  }

  assert {
    condition     = output.urls == { api = "https://api.payments.ephemeral.example.gov.uk", web = "https://web.payments.ephemeral.example.gov.uk" }
    error_message = "where to look"
  }
}

run "hosts_that_no_certificate_covers_get_one" {
  assert {
    condition     = aws_acm_certificate.environment[0].domain_name == "payments.ephemeral.example.gov.uk" && aws_acm_certificate.environment[0].subject_alternative_names == toset(["*.payments.ephemeral.example.gov.uk"])
    error_message = "the listener's wildcard covers one label, and these have two"
  }

  assert {
    condition     = keys(aws_lb_listener_certificate.environment) == ["443"] && keys(aws_route53_record.validation) == ["payments.ephemeral.example.gov.uk"]
    error_message = "on the HTTPS listener, and validated by one record"
  }
}

run "flat_hosts_need_no_certificate" {
  variables {
    platform = merge(var.platform, { hostTemplate = "{service}-{env}.{zone}" })
  }

  assert {
    condition     = length(aws_acm_certificate.environment) == 0 && length(aws_lb_listener_certificate.environment) == 0 && output.urls.web == "https://web-payments.ephemeral.example.gov.uk"
    error_message = "the wildcard covers them"
  }
}

run "references_are_replaced" {
  assert {
    condition = tomap({ for variable in jsondecode(aws_ecs_task_definition.service["web"].container_definitions)[0].environment : variable.name => variable.value }) == tomap({
      API = "https://api.payments.ephemeral.example.gov.uk", DB = "nonprod-payments.cluster-abc.eu-west-1.rds.amazonaws.com:3306",
    })
    error_message = "hosts and the clone's endpoint"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.service["web"].container_definitions)[0].secrets[0].valueFrom == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:nonprod/payments/database-abcdef:password::"
    error_message = "a member of the clone's secret"
  }

  assert {
    condition     = aws_cloudwatch_log_group.service["web"].name == "/mayfly/nonprod/payments/web"
    error_message = "where the execution role may write"
  }
}

run "names_fit_and_never_meet" {
  variables {
    name     = "a-name-of-thirty-characters-xx"
    platform = merge(var.platform, { name = "a-platform-of-16", hostTemplate = "{service}-{env}.{zone}" })
    services = { a-service-of-thirty-characters = { image = "x:1", port = 80, hosts = ["a"] } }
  }

  assert {
    condition     = alltrue([for group in aws_lb_target_group.service : length(group.name) == 32 && can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", group.name))])
    error_message = "32 characters at most, no hyphen at the ends"
  }

  assert {
    condition     = alltrue([for group in aws_lb_target_group.service : endswith(group.name, substr(sha256("a-platform-of-16/a-name-of-thirty-characters-xx/a-service-of-thirty-characters/80"), 0, 8))])
    error_message = "the digest is of the parts, so that two environments never share a group"
  }

  assert {
    condition     = length(aws_rds_cluster_instance.clone[0].identifier) <= 63
    error_message = "63 at most"
  }
}

run "paths_come_before_the_host_that_they_are_taken_from" {
  variables {
    services = {
      site = { image = "x:1", port = 80, hosts = ["www"] }
      api  = { image = "x:1", port = 80, hosts = ["www"], path_patterns = ["/api/*"], source_cidrs = ["10.0.0.0/8"] }
      many = { image = "x:1", port = 80, hosts = ["a", "b", "c", "d", "e", "f"], listeners = [80, 443] }
    }
  }

  assert {
    condition     = keys(aws_lb_listener_rule.path) == ["api-443"] && keys(aws_lb_listener_rule.host) == ["many-443", "many-443-2", "many-80", "many-80-2", "site-443"]
    error_message = "rules with paths apart; five hosts a rule"
  }

  assert {
    condition     = terraform_data.paths.input["api-443"].paths == tolist(["/api/*"])
    error_message = "other paths make the host's rule anew, behind them"
  }

  assert {
    condition     = output.urls.api == "https://www.payments.ephemeral.example.gov.uk/api/"
    error_message = "where to look for it"
  }
}

run "a_database_can_be_left_out" {
  variables {
    database = null
    services = { web = { image = "x:1", port = 80, hosts = ["web"] } }
  }

  assert {
    condition     = length(aws_rds_cluster.clone) == 0 && output.database == null
    error_message = "no clone, no secret"
  }
}

run "a_cluster_of_its_own_has_its_insights_kept_no_longer_than_logs" {
  variables {
    dedicated_cluster = { container_insights = true }
  }

  assert {
    condition     = aws_ecs_cluster.dedicated[0].name == "nonprod-payments-2275a110" && aws_cloudwatch_log_group.insights[0].name == "/aws/ecs/containerinsights/nonprod-payments-2275a110/performance" && aws_cloudwatch_log_group.insights[0].retention_in_days == 7
    error_message = "the group that Container Insights would make by itself"
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.service : service.cluster == "arn:aws:ecs:eu-west-1:123456789012:cluster/own"])
    error_message = "services run there"
  }
}

run "logs_are_encrypted_with_the_platforms_key" {
  variables {
    dedicated_cluster = { container_insights = true }
  }

  assert {
    condition     = alltrue([for group in concat(values(aws_cloudwatch_log_group.service), aws_cloudwatch_log_group.insights) : group.kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/logs"])
    error_message = "services' logs, and those of a cluster of its own"
  }
}

run "an_illegal_name_is_refused" {
  command = plan

  variables {
    name = "-payments"
  }

  expect_failures = [var.name]
}

run "a_reserved_name_is_refused" {
  command = plan

  variables {
    name = "int"
  }

  expect_failures = [var.name]
}

run "a_name_of_a_source_is_refused" {
  command = plan

  variables {
    name = "source-20261120-3f9a"
  }

  expect_failures = [var.name]
}

run "a_name_of_a_pull_request_is_refused" {
  command = plan

  variables {
    name = "pr-7-3f9c"
  }

  expect_failures = [var.name]
}

run "a_name_that_a_pull_request_will_have_is_refused" {
  command = plan

  variables {
    name = "shop-7"
  }

  expect_failures = [var.name]
}

run "a_life_longer_than_the_platform_allows_is_refused" {
  command = plan

  variables {
    expires_at = "2026-12-24T22:40:00Z"
  }

  expect_failures = [var.expires_at]
}

run "a_beginning_that_is_no_instant_is_refused" {
  command = plan

  variables {
    created_at = "yesterday"
  }

  expect_failures = [var.created_at]
}

run "a_clone_without_a_password_of_its_own_is_refused" {
  command = plan

  variables {
    database_secret_arn = null
  }

  expect_failures = [var.database_secret_arn]
}

run "bad_input_is_refused" {
  command = plan

  variables {
    expires_at   = "2026-12-02"
    branch       = "a#b"
    commit       = "HEAD"
    repository   = "shop"
    pull_request = 0
    database     = { name = "a-b", capacity = { min = 0.3, auto_pause_seconds = 10 } }
  }

  expect_failures = [var.expires_at, var.branch, var.commit, var.repository, var.pull_request, var.database]
}

run "bad_services_are_refused" {
  command = plan

  variables {
    services = {
      Web  = { image = "no-tag", hosts = ["a.b"], cpu = 300, architecture = "arm", count = 11, listeners = [8080], priority = 0, environment = { "1A" = "" } }
      two  = { image = "x:1", port = 80, hosts = ["same"], path_patterns = ["/1", "/2", "/3"], source_cidrs = ["10.0.0.0/8", "10.1.0.0/16"] }
      twin = { image = "x:1", port = 80, hosts = ["same"], path_patterns = ["/3", "/2", "/1"], health_check = { timeout = 30 } }
    }
  }

  expect_failures = [var.services]
}
