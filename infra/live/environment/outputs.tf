output "urls" {
  description = "Where each public service answers, by service."
  value       = module.environment.urls
}

output "database" {
  description = "The clone: its endpoint, and the secret with its master password."
  value       = module.environment.database
}

# What the state remembers of the wish, for the next apply and for lists.
output "environment" {
  description = "What was asked for: when it was made, when it expires, and of what it is."
  value = {
    name        = terraform.workspace
    createdAt   = var.created_at
    expiresAt   = var.expires_at
    branch      = var.branch
    commit      = var.commit
    repository  = var.repository
    pullRequest = var.pull_request
  }
}

output "configuration" {
  description = "What runs in it: the variables to apply again when only something else is to change."
  value = {
    services          = local.services
    database          = var.database
    dedicated_cluster = var.dedicated_cluster
  }
}
