data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  sources   = "${var.name}-sources"
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  # The longest that Fargate waits between SIGTERM and SIGKILL: a chunk in hand is committed meanwhile.
  stop_timeout_seconds = 120
}

# Not below /mayfly/, where the groups of environments are.
resource "aws_cloudwatch_log_group" "anonymise" {
  name              = "/ecs/${local.sources}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = { Name = "/ecs/${local.sources}" }
}

# Mayfly runs it, and tells it of which database. It has no role of its own: it calls nothing of AWS.
resource "aws_ecs_task_definition" "anonymise" {
  family                   = local.sources
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.cpu
  memory                   = var.size.memory
  execution_role_arn       = aws_iam_role.execution.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([{
    name                   = var.container
    image                  = var.image
    essential              = true
    user                   = var.user
    readonlyRootFilesystem = true
    stopTimeout            = local.stop_timeout_seconds
    linuxParameters        = { capabilities = { drop = ["ALL"] } }
    # What Mayfly runs it with begins with the name of the command.
    entryPoint = ["node", "src/cli.ts"]
    command    = ["--help"]
    secrets = [
      { name = "MAYFLY_ANONYMISE_KEY", valueFrom = aws_secretsmanager_secret.sources["anonymise-key"].arn },
      { name = "MAYFLY_PASSPORT_KEY", valueFrom = aws_secretsmanager_secret.sources["passport-key"].arn },
      { name = "MAYFLY_DATABASE_PASSWORD", valueFrom = "${aws_secretsmanager_secret.sources["database-password"].arn}:password::" },
    ]

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.anonymise.name
        "awslogs-region"        = local.region
        "awslogs-stream-prefix" = "anonymise"
        # The passport is handed over in the log: no line of it may be dropped.
        "mode" = "blocking"
      }
    }
  }])

  tags = { Name = local.sources }

  depends_on = [aws_iam_role_policy.execution]
}
