# Bucket and region are given to `terraform init` as -backend-config. Each environment is a workspace, with a state and a
# lock of its own. No `encrypt`: it would ask for S3's own key whatever the bucket's is, and S3 encrypts without being asked
# (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html).
terraform {
  backend "s3" {
    key                  = "environment.tfstate"
    workspace_key_prefix = "environments"
    use_lockfile         = true
  }
}
