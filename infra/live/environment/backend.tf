# Bucket and region are given to `terraform init` as -backend-config. Each environment is a workspace, with a state and a
# lock of its own.
terraform {
  backend "s3" {
    key                  = "environment.tfstate"
    workspace_key_prefix = "environments"
    use_lockfile         = true
    encrypt              = true
  }
}
