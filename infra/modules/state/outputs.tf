output "bucket" {
  description = "The bucket's name, once nothing of it is public and states in it are versioned."
  value       = aws_s3_bucket.this.id

  depends_on = [
    aws_s3_bucket_versioning.this, aws_s3_bucket_policy.this, aws_s3_bucket_server_side_encryption_configuration.this,
  ]
}

output "arn" {
  description = "The bucket's ARN, for policies."
  value       = aws_s3_bucket.this.arn
}

output "backends" {
  description = "For each root module the backend block to put into a file `backend.tf` beside its main.tf."
  value = {
    for root in var.roots : root => join("\n", concat(
      [
        "terraform {",
        "  backend \"s3\" {",
        "    bucket       = \"${aws_s3_bucket.this.id}\"",
        "    key          = \"${root}/terraform.tfstate\"",
        "    region       = \"${data.aws_region.current.name}\"",
        "    encrypt      = true",
      ],
      var.kms_key_arn == null ? [] : ["    kms_key_id   = \"${var.kms_key_arn}\""],
      [
        "    use_lockfile = true",
        "  }",
        "}",
        "",
      ],
    ))
  }
}
