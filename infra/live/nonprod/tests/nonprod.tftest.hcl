mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b"] }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-west-1:123456789012:certificate/made"
      domain_validation_options = [
        { domain_name = "ephemeral.example.gov.uk", resource_record_name = "_a.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
      ]
    }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/nonprod/1" }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/2" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/nonprod-execution" }
  }
}

variables {
  account_id = "123456789012"
  zone       = "example.gov.uk"
  delegated  = true
}

run "the_platform_document_tells_what_was_built" {
  command = apply

  assert {
    condition     = aws_ssm_parameter.platform.name == "/mayfly/platform" && aws_ssm_parameter.platform.type == "String"
    error_message = "the document is a plain parameter: it holds no secrets"
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).network.subnetIds == module.network.private_subnet_ids
    error_message = "environments are put in private subnets"
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).loadBalancer.listeners[1].certificateNames == ["ephemeral.example.gov.uk", "*.ephemeral.example.gov.uk"]
    error_message = "Mayfly knows which hosts need no certificate of their own"
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).registry.host == "123456789012.dkr.ecr.eu-west-1.amazonaws.com" && jsondecode(aws_ssm_parameter.platform.value).limits.maxTtlSeconds == 2419200
    error_message = "the account's registry, and at most 28 days"
  }

  assert {
    condition     = !contains(keys(jsondecode(aws_ssm_parameter.platform.value)), "hostTemplate") && !contains(keys(jsondecode(aws_ssm_parameter.platform.value).cluster), "taskRoleArn")
    error_message = "what nobody set is left out"
  }
}

run "mayfly_is_told_of_wildcards_and_of_signing_in" {
  command = plan

  variables {
    authentication = {
      user_pool_arn       = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC"
      user_pool_client_id = "1example23456789"
      user_pool_domain    = "nonprod-people"
    }
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.platform.value).loadBalancer.authentication.cognito.userPoolDomain == "nonprod-people" && jsondecode(aws_ssm_parameter.platform.value).loadBalancer.authentication.trustedCidrs == []
    error_message = "the document holds what a rule needs to ask people to sign in"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                 = "aws-nonprod"
    account_id           = "12345"
    region               = "Ireland"
    task_role_arn        = "my-role"
    host_template        = "{service}.example.gov.uk"
    environment_prefixes = { "example/one" = "pr", "example/two" = "pr" }
    limits               = { ttl_days = 29 }
    platform_parameter   = "mayfly"
  }

  expect_failures = [
    var.name, var.account_id, var.region, var.task_role_arn, var.host_template, var.environment_prefixes, var.limits,
    var.platform_parameter,
  ]
}
