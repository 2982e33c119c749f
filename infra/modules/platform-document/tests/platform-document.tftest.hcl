mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "{\"version\":1,\"accountId\":\"123456789012\",\"region\":\"eu-west-1\",\"dns\":{\"zoneId\":\"Z2\",\"zone\":\"ephemeral.example.gov.uk\"}}" }
  }
  mock_data "aws_route53_zone" {
    defaults = { name = "ephemeral.example.gov.uk" }
  }
}

variables {
  parameter  = "/mayfly/platform"
  account_id = "123456789012"
  region     = "eu-west-1"
}

run "the_document_is_read" {
  command = plan

  assert {
    condition     = output.platform.dns.zone == "ephemeral.example.gov.uk"
    error_message = "as it stands there"
  }
}

run "another_accounts_document_is_refused" {
  command = plan

  variables {
    account_id = "210987654321"
  }

  expect_failures = [data.aws_ssm_parameter.platform]
}

run "another_regions_document_is_refused" {
  command = plan

  variables {
    region = "eu-west-2"
  }

  expect_failures = [data.aws_ssm_parameter.platform]
}

run "something_else_in_the_parameter_is_refused" {
  command = plan

  override_data {
    target = data.aws_ssm_parameter.platform
    values = { insecure_value = "{\"version\":2,\"accountId\":\"123456789012\",\"region\":\"eu-west-1\",\"dns\":{\"zoneId\":\"Z2\",\"zone\":\"ephemeral.example.gov.uk\"}}" }
  }

  expect_failures = [data.aws_ssm_parameter.platform]
}

run "another_zone_than_the_documents_is_refused" {
  command = plan

  override_data {
    target = data.aws_route53_zone.ephemeral
    values = { name = "example.gov.uk" }
  }

  expect_failures = [data.aws_route53_zone.ephemeral]
}

run "bad_input_is_refused" {
  command = plan

  variables {
    parameter = "mayfly"
  }

  expect_failures = [var.parameter]
}
