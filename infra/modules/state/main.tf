data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  bucket = coalesce(var.bucket, "${var.name}-terraform-state-${data.aws_caller_identity.current.account_id}")
}

# `prevent_destroy` takes no variable, and a literal one could not be lifted without editing this file. What protects the
# states instead: S3 deletes no bucket that holds an object or a version, `force_destroy` is what would empty it first, and
# the policy below keeps everybody else from doing so.
resource "aws_s3_bucket" "this" {
  bucket        = local.bucket
  force_destroy = !var.protect

  tags = { Name = local.bucket }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    # Bucket keys spare KMS a call for each object, and mean nothing where S3 encrypts by itself.
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "former-states"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  # S3 reads a rule of noncurrent versions by whether there are any.
  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      # The lifecycle rule still expires versions: S3 itself is not subject to the policy.
      var.protect ? [{
        Sid       = "KeepStates"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["s3:DeleteBucket", "s3:DeleteObjectVersion"]
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
      }] : [],
    )
  })

  # Two changes of who may reach a bucket at once are refused (OperationAborted).
  depends_on = [aws_s3_bucket_public_access_block.this]
}
