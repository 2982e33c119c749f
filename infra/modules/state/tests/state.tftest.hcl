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
  name = "nonprod"
}

run "states_are_versioned_encrypted_and_private" {
  command = apply

  assert {
    condition     = aws_s3_bucket.this.bucket == "nonprod-terraform-state-123456789012" && aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "the bucket is named after the platform and the account, and keeps versions"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "S3 encrypts where no key is given"
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "nothing of it is ever public"
  }

  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "access lists are switched off"
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration[0].noncurrent_days == 90
    error_message = "former states go ninety days after they were replaced"
  }
}

run "plain_http_is_denied_and_versions_are_kept" {
  command = apply

  assert {
    condition     = contains([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : try(statement.Condition.Bool["aws:SecureTransport"], "") if statement.Effect == "Deny" && statement.Action == "s3:*"], "false")
    error_message = "whoever comes without TLS is denied everything"
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy == false && length([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement if try(contains(statement.Action, "s3:DeleteObjectVersion"), false)]) == 1
    error_message = "nobody deletes a version, and Terraform does not empty the bucket"
  }
}

run "without_protection_it_can_be_taken_away" {
  command = apply

  variables {
    protect = false
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy && length(jsondecode(aws_s3_bucket_policy.this.policy).Statement) == 1
    error_message = "only TLS is left to ask for"
  }
}

run "each_root_gets_the_block_that_it_needs" {
  command = apply

  variables {
    roots = ["live/nonprod"]
  }

  assert {
    condition     = output.backends["live/nonprod"] == <<-BLOCK
      terraform {
        backend "s3" {
          bucket       = "nonprod-terraform-state-123456789012"
          key          = "live/nonprod/terraform.tfstate"
          region       = "eu-west-1"
          encrypt      = true
          use_lockfile = true
        }
      }
    BLOCK
    error_message = "the block names the bucket, a key of its own and the lock beside it"
  }
}

run "a_key_encrypts_and_stands_in_the_block" {
  command = apply

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/made"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && one(aws_s3_bucket_server_side_encryption_configuration.this.rule).bucket_key_enabled
    error_message = "the key given encrypts, by way of a bucket key"
  }

  assert {
    condition     = strcontains(output.backends["live/state"], "kms_key_id   = \"arn:aws:kms:eu-west-1:123456789012:key/made\"")
    error_message = "Terraform asks for the same key"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name            = "a-name-that-is-too-long"
    bucket          = "My_Bucket"
    kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:alias/state"
    noncurrent_days = 0
    roots           = ["live/../nonprod"]
  }

  expect_failures = [var.name, var.bucket, var.kms_key_arn, var.noncurrent_days, var.roots]
}
