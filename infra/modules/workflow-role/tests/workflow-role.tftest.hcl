mock_provider "aws" {
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/nonprod-workflow-images" }
  }
}

variables {
  name        = "nonprod"
  role        = "images"
  repository  = "acme/shop"
  environment = "ephemeral"
  policy_json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

run "one_environment_of_one_repository_may_take_the_role" {
  command = apply

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:acme/shop:environment:ephemeral"
        }
      }
    }]
    error_message = "the trust is for this audience and this subject, letter by letter"
  }

  assert {
    condition     = aws_iam_openid_connect_provider.github[0].url == "https://token.actions.githubusercontent.com" && one(aws_iam_openid_connect_provider.github[0].client_id_list) == "sts.amazonaws.com"
    error_message = "the provider is GitHub's, for STS"
  }

  assert {
    condition     = aws_iam_role.this.name == "nonprod-workflow-images" && aws_iam_role.this.max_session_duration == 5400 && aws_iam_role.this.permissions_boundary == null
    error_message = "as long as our longest job, and no boundary unless one is given"
  }

  assert {
    condition     = aws_iam_role_policy.this.policy == var.policy_json && output.role_arn == aws_iam_role.this.arn && output.provider_arn == aws_iam_openid_connect_provider.github[0].arn
    error_message = "the role may do what the policy says, and others learn of it"
  }
}

run "an_account_that_knows_github_keeps_its_provider" {
  command = plan

  variables {
    provider_arn             = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    session_seconds          = 7200
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/workflows"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal.Federated == var.provider_arn
    error_message = "the provider that is there is used, and none is made"
  }

  assert {
    condition     = aws_iam_role.this.max_session_duration == 7200 && aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/workflows"
    error_message = "session and boundary are as given"
  }
}

run "no_wildcard_is_a_repository" {
  command = plan

  variables {
    repository = "*"
  }

  expect_failures = [var.repository]
}

run "no_organisation_is_a_repository" {
  command = plan

  variables {
    repository = "acme/*"
  }

  expect_failures = [var.repository]
}

run "no_subject_can_be_smuggled_in" {
  command = plan

  variables {
    repository  = "acme/shop:ref:refs/heads/main"
    environment = "*"
  }

  expect_failures = [var.repository, var.environment]
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                     = "non--prod"
    role                     = "Images"
    environment              = "ephemeral:prod"
    provider_arn             = "arn:aws:iam::123456789012:oidc-provider/gitlab.com"
    policy_json              = "allow everything"
    session_seconds          = 60
    permissions_boundary_arn = "workflows"
  }

  expect_failures = [var.name, var.role, var.environment, var.provider_arn, var.policy_json, var.session_seconds, var.permissions_boundary_arn]
}
