locals {
  # The repository of an image in ECR; of any other registry there is none.
  ecr_image       = try(regex("^(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+)", var.image), null)
  repository_arns = local.ecr_image == null ? [] : ["arn:${local.partition}:ecr:${local.ecr_image[1]}:${local.ecr_image[0]}:repository/${local.ecr_image[2]}"]

  execution_statements = concat(
    [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.anonymise.arn}:*"]
      },
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [for secret in aws_secretsmanager_secret.sources : secret.arn]
      },
    ],
    [
      for statement in [
        {
          Sid      = "RegistryToken"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = ["*"] # It takes no resource.
        },
        {
          Sid      = "PullImage"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = local.repository_arns
        },
      ] : statement if length(local.repository_arns) > 0
    ],
    [
      for key in [var.kms_key_arn] : {
        Sid      = "DecryptSecrets"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [key]
      } if key != null
    ],
  )
}

# What ECS itself does to start the task. Neither Mayfly nor the task has a part in it.
resource "aws_iam_role" "execution" {
  name        = "${local.sources}-execution"
  description = "Starts the task that masks sources"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      # Nobody else's tasks: the confused deputy, in the ECS developer guide's page on the execution role.
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })

  tags = { Name = "${local.sources}-execution" }
}

resource "aws_iam_role_policy" "execution" {
  name = "start-tasks"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.execution_statements
  })
}
