# A mock provider has no ephemeral resources, which the module database-password is made of. So this is the real provider,
# which is asked for nothing: what it would read is overridden, and a plan makes nothing.
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = module.platform.data.aws_ssm_parameter.platform
  values = {
    insecure_value = "{\"version\":1,\"name\":\"nonprod\",\"accountId\":\"123456789012\",\"region\":\"eu-west-1\",\"network\":{\"vpcId\":\"vpc-1\",\"subnetIds\":[\"subnet-1\"],\"serviceSecurityGroupIds\":[\"sg-1\"]},\"cluster\":{\"name\":\"nonprod\",\"arn\":\"arn:aws:ecs:eu-west-1:123456789012:cluster/nonprod\",\"executionRoleArn\":\"arn:aws:iam::123456789012:role/execution\"},\"loadBalancer\":{\"arn\":\"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/nonprod/1\",\"dnsName\":\"nonprod-1.eu-west-1.elb.amazonaws.com\",\"zoneId\":\"Z1\",\"listeners\":[{\"port\":443,\"protocol\":\"HTTPS\",\"arn\":\"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/443\",\"certificateNames\":[\"*.ephemeral.example.gov.uk\"]}]},\"dns\":{\"zoneId\":\"Z2\",\"zone\":\"ephemeral.example.gov.uk\"},\"database\":{\"sourceIdentifier\":\"nonprod-source\",\"subnetGroup\":\"nonprod\",\"securityGroupIds\":[\"sg-2\"]},\"registry\":{\"host\":\"123456789012.dkr.ecr.eu-west-1.amazonaws.com\"},\"logs\":{\"retentionDays\":7},\"hostTemplate\":\"{service}-{env}.{zone}\",\"limits\":{\"environments\":10,\"ttlSeconds\":604800,\"maxTtlSeconds\":2419200}}"
  }
}

override_data {
  target = module.platform.data.aws_route53_zone.ephemeral
  values = { name = "ephemeral.example.gov.uk" }
}

variables {
  account_id = "123456789012"
  # The check of an environment's time looks at the real clock.
  created_at = "2199-11-25T22:40:00Z"
  expires_at = "2199-12-02T22:40:00Z"
  branch     = "feat/pay"
  commit     = "0123456789abcdef0123456789abcdef01234567"
  repository = "example/shop"
  services   = { web = { image = "registry.example.com/shop-web:1", port = 8080, hosts = ["web"] } }
  database   = null
}

# `terraform test` knows no workspace but the one that is no environment.
run "the_workspace_default_is_no_environment" {
  command = plan

  expect_failures = [terraform_data.workspace]
}

run "bad_input_is_refused" {
  command = plan

  variables {
    account_id = "12345"
    region     = "Ireland"
    images     = { api = "x:1" }
  }

  expect_failures = [var.account_id, var.region, var.images, terraform_data.workspace]
}

run "a_time_that_is_over_is_pointed_out" {
  command = plan

  variables {
    created_at = "2019-11-25T22:40:00Z"
    expires_at = "2019-12-02T22:40:00Z"
  }

  expect_failures = [check.life, terraform_data.workspace]
}
