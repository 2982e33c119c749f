data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  log_bucket = try(var.access_logs.create, false) ? { access_logs = var.access_logs } : {}
  log_prefix = try(var.access_logs.prefix, null) == null ? "" : "${var.access_logs.prefix}/"
}

resource "aws_s3_bucket" "access_logs" {
  for_each = local.log_bucket

  bucket        = each.value.bucket
  force_destroy = !var.deletion_protection

  tags = { Name = each.value.bucket }
}

resource "aws_s3_bucket_public_access_block" "access_logs" {
  for_each = local.log_bucket

  bucket = aws_s3_bucket.access_logs[each.key].id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "access_logs" {
  for_each = local.log_bucket

  bucket = aws_s3_bucket.access_logs[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# "The only server-side encryption option that's supported is Amazon S3-managed keys" (enable-access-logging.html).
resource "aws_s3_bucket_server_side_encryption_configuration" "access_logs" {
  for_each = local.log_bucket

  bucket = aws_s3_bucket.access_logs[each.key].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "access_logs" {
  for_each = local.log_bucket

  bucket = aws_s3_bucket.access_logs[each.key].id

  rule {
    id     = "access-logs"
    status = "Enabled"

    filter {}

    expiration {
      days = each.value.retention_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html, step 2
resource "aws_s3_bucket_policy" "access_logs" {
  for_each = local.log_bucket

  bucket = aws_s3_bucket.access_logs[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "LoadBalancer"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.access_logs[each.key].arn}/${local.log_prefix}AWSLogs/${data.aws_caller_identity.current.account_id}/*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:elasticloadbalancing:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:loadbalancer/*"
          }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.access_logs[each.key].arn, "${aws_s3_bucket.access_logs[each.key].arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  # Two changes of who may reach a bucket at once are refused (OperationAborted).
  depends_on = [aws_s3_bucket_public_access_block.access_logs]
}
