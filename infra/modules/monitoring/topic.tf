locals {
  # Who publishes, and on whose behalf: each service is believed only for what is this account's.
  publishers = {
    cloudwatch = { service = "cloudwatch.amazonaws.com", source = "arn:${local.partition}:cloudwatch:${local.region}:${local.account}:alarm:*" }
    events     = { service = "events.amazonaws.com", source = "arn:${local.partition}:events:${local.region}:${local.account}:rule/*" }
    budgets    = { service = "budgets.amazonaws.com", source = "arn:${local.partition}:budgets::${local.account}:*" }
  }
}

# The account's own key of SNS lets no service publish (its policy cannot be changed), so alerts have a key of their own.
resource "aws_kms_key" "alerts" {
  count = var.kms_key_arn == null ? 1 : 0

  description             = "${var.name}: alerts"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Publishers"
        Effect    = "Allow"
        Principal = { Service = sort([for publisher in values(local.publishers) : publisher.service]) }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
    ]
  })

  tags = { Name = "${var.name}-alerts" }
}

resource "aws_sns_topic" "alerts" {
  name              = "${var.name}-alerts"
  display_name      = "${var.name}: alerts"
  kms_master_key_id = var.kms_key_arn == null ? aws_kms_key.alerts[0].arn : var.kms_key_arn

  tags = { Name = "${var.name}-alerts" }
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        for name, publisher in local.publishers : {
          Sid       = title(name)
          Effect    = "Allow"
          Principal = { Service = publisher.service }
          Action    = "sns:Publish"
          Resource  = aws_sns_topic.alerts.arn
          Condition = {
            StringEquals = { "aws:SourceAccount" = local.account }
            ArnLike      = { "aws:SourceArn" = publisher.source }
          }
        }
      ],
      [{
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alerts.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
    )
  })
}

resource "aws_sns_topic_subscription" "alerts" {
  for_each = var.subscriptions

  topic_arn = aws_sns_topic.alerts.arn
  protocol  = each.value.protocol
  endpoint  = each.value.endpoint
}
