mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { id = "nonprod-terraform-state-123456789012", arn = "arn:aws:s3:::nonprod-terraform-state-123456789012" }
  }
}

variables {
  account_id = "123456789012"
}

run "its_own_state_and_the_platforms_go_into_the_bucket" {
  command = apply

  assert {
    condition     = toset(keys(output.backends)) == toset(["live/state", "live/nonprod"]) && alltrue([for block in values(output.backends) : strcontains(block, output.bucket)])
    error_message = "there is a block for both root modules, and it names the bucket"
  }

  assert {
    condition     = strcontains(output.backends["live/state"], "\"live/state/terraform.tfstate\"") && strcontains(output.backends["live/nonprod"], "\"live/nonprod/terraform.tfstate\"")
    error_message = "each has a key of its own"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name       = "Nonprod"
    account_id = "12345"
    region     = "Ireland"
  }

  expect_failures = [var.name, var.account_id, var.region]
}
