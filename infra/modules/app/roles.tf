locals {
  tasks_of_this_account = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      # Nobody else's tasks: the confused deputy, in the ECS developer guide's page on the task role.
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${local.region}:${local.account}:*" }
      }
    }]
  })

  # The repository of an image in ECR; of any other registry there is none.
  ecr_image       = try(regex("^(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+)", var.image), null)
  repository_arns = local.ecr_image == null ? [] : ["arn:${local.partition}:ecr:${local.ecr_image[1]}:${local.ecr_image[0]}:repository/${local.ecr_image[2]}"]

  execution_statements = concat(
    [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.app.arn}:*"]
      },
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = values(local.secrets)
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
    local.decrypt_statements,
  )

  decrypt_statements = [
    for key in [var.kms_key_arn] : {
      Sid      = "DecryptSecrets"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = [key]
    } if key != null
  ]

  # What is Mayfly's own, whatever the policy for environments allows: a blueprint names secrets to copy, and must never
  # come by these.
  own_secret_statements = concat(
    [
      {
        Sid      = "NeverTheAppsOwn"
        Effect   = "Deny"
        Action   = ["secretsmanager:*"]
        Resource = [for secret in aws_secretsmanager_secret.app : secret.arn]
      },
    ],
    local.makes_database ? concat(
      [
        {
          Sid      = "ReadDatabasePassword"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = [local.database_secret_arn]
        },
      ],
      local.decrypt_statements,
    ) : [],
  )
}

# What ECS itself does to start a task. Mayfly has no part in it.
resource "aws_iam_role" "execution" {
  name               = "${local.app}-execution"
  description        = "Starts the tasks of Mayfly itself"
  assume_role_policy = local.tasks_of_this_account

  tags = { Name = "${local.app}-execution" }
}

resource "aws_iam_role_policy" "execution" {
  name = "start-tasks"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.execution_statements
  })
}

# What Mayfly does to AWS.
resource "aws_iam_role" "task" {
  name                 = "${local.app}-task"
  description          = "Makes and removes ephemeral environments"
  assume_role_policy   = local.tasks_of_this_account
  permissions_boundary = var.permissions_boundary_arn

  tags = { Name = "${local.app}-task" }
}

# Several: together they are longer than what a role's own policies may be.
resource "aws_iam_policy" "environments" {
  for_each = var.policies

  name        = "${local.app}-${each.key}"
  description = "What Mayfly does with the ${each.key} of environments"
  policy      = each.value

  tags = { Name = "${local.app}-${each.key}" }
}

resource "aws_iam_role_policy_attachment" "environments" {
  for_each = aws_iam_policy.environments

  role       = aws_iam_role.task.name
  policy_arn = each.value.arn
}

resource "aws_iam_role_policy" "own_secrets" {
  name = "own-secrets"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.own_secret_statements
  })
}
