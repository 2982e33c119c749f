output "bucket" {
  description = "The bucket that states are kept in."
  value       = module.state.bucket
}

output "backends" {
  description = "For each root module the backend block to put into a file `backend.tf` beside its main.tf."
  value       = module.state.backends
}
