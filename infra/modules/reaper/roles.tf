# What the reaper is in AWS.
resource "aws_iam_role" "reaper" {
  name                 = local.reaper
  description          = "Removes ephemeral environments whose time is up"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })

  tags = { Name = local.reaper }
}

resource "aws_iam_role_policy" "environments" {
  name   = "environments"
  role   = aws_iam_role.reaper.id
  policy = var.policy_json
}

resource "aws_iam_role_policy" "logs" {
  name = "logs"
  role = aws_iam_role.reaper.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.reaper.arn}:*"]
    }]
  })
}

resource "aws_iam_role_policy" "reports" {
  name = "reports"
  role = aws_iam_role.reaper.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "Report"
          Effect   = "Allow"
          Action   = ["sns:Publish"]
          Resource = [aws_sns_topic.reports.arn]
        },
        {
          Sid      = "HandOverWhatFailed"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [aws_sqs_queue.dead_letters.arn]
        },
      ],
      [
        # Publishing to an encrypted topic takes the key (SNS developer guide, key management).
        for key in [var.kms_key_arn] : {
          Sid      = "EncryptReports"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = [key]
        } if key != null
      ],
      [
        # The address of the webhook is all that keeps others from posting there.
        for secret in [var.slack_webhook_secret_arn] : {
          Sid      = "PostToSlack"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = [secret]
        } if secret != null
      ],
    )
  })
}

# What starts it. It may start this one function, and hand over what it could not deliver.
resource "aws_iam_role" "scheduler" {
  name        = "${local.reaper}-scheduler"
  description = "Starts the reaper"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      # Nobody else's schedules, and of ours those of this group: the confused deputy, in EventBridge Scheduler's user guide,
      # which says that the source is the group.
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = local.account
          "aws:SourceArn"     = "arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule-group/${local.reaper}"
        }
      }
    }]
  })

  tags = { Name = "${local.reaper}-scheduler" }
}

resource "aws_iam_role_policy" "scheduler" {
  name = "start-the-reaper"
  role = aws_iam_role.scheduler.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Start"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_function.reaper.arn]
      },
      {
        Sid      = "HandOverWhatFailed"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.dead_letters.arn]
      },
    ]
  })
}
