# What ECS itself does to start a task: pull its image, hand it its secrets, open its log. The application has no part in it.
resource "aws_iam_role" "execution" {
  name        = "${var.name}-execution"
  description = "Starts the tasks of ephemeral environments"

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

  tags = { Name = "${var.name}-execution" }
}

locals {
  execution_statements = concat(
    [
      {
        Sid      = "RegistryToken"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"] # It takes no resource.
      },
      {
        Sid      = "PullImages"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = var.repository_arns != null ? var.repository_arns : ["arn:${local.partition}:ecr:${local.region}:${local.account}:repository/*"]
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/mayfly/${var.name}/*:*"]
      },
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = concat(["arn:${local.partition}:secretsmanager:${local.region}:${local.account}:secret:${var.name}/*"], var.secret_arns)
      },
      {
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = concat(["arn:${local.partition}:ssm:${local.region}:${local.account}:parameter/${var.name}/*"], var.parameter_arns)
      },
    ],
    [
      for keys in [var.kms_key_arns] : {
        Sid      = "DecryptSecrets"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = keys
      } if length(keys) > 0
    ],
  )
}

resource "aws_iam_role_policy" "execution" {
  name = "start-tasks"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.execution_statements
  })
}
