# Not versions.tf: `npm run infra:check` would take it for a root module, which cannot have an ephemeral output. It is checked as
# part of live/environment.
terraform {
  # Write-only arguments: the password is in no state and in no plan.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
