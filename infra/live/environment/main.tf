# This is one environment, and the workspace is its name.
resource "terraform_data" "workspace" {
  input = terraform.workspace

  lifecycle {
    precondition {
      condition     = terraform.workspace != "default"
      error_message = "The workspace `default` is no environment: run `terraform workspace select -or-create <name>` first."
    }
  }
}

# A warning, because what is over can still be destroyed, and is.
check "life" {
  assert {
    condition     = timecmp(var.expires_at, plantimestamp()) > 0
    error_message = "The environment's time was over at ${var.expires_at}: give it another expires_at, or destroy it."
  }
}

module "platform" {
  source = "../../modules/platform-document"

  parameter  = var.platform_parameter
  account_id = var.account_id
  region     = var.region
}

locals {
  services = { for name, service in var.services : name => merge(service, contains(keys(var.images), name) ? { image = var.images[name] } : {}) }
}

module "environment" {
  source = "../../modules/environment"

  # `terraform validate` knows only the workspace `default`, which the precondition above refuses.
  name                  = terraform.workspace == "default" ? "unnamed" : terraform.workspace
  platform              = module.platform.platform
  created_at            = var.created_at
  expires_at            = var.expires_at
  branch                = var.branch
  commit                = var.commit
  repository            = var.repository
  pull_request          = var.pull_request
  services              = local.services
  database              = var.database
  database_secret_arn   = one(module.database_password[*].secret_arn)
  database_password     = one(module.database_password[*].password)
  dedicated_cluster     = var.dedicated_cluster
  wait_for_steady_state = var.wait_for_steady_state
}

module "database_password" {
  source = "../../modules/environment/database-password"
  count  = var.database == null ? 0 : 1

  secret_name = module.environment.database_secret_name
  tags        = module.environment.database_secret_tags
}
