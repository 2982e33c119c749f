data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = var.container_insights ? "enabled" : "disabled"
  }

  configuration {
    execute_command_configuration {
      logging = "OVERRIDE"

      log_configuration {
        cloud_watch_log_group_name = aws_cloudwatch_log_group.exec.name
      }
    }
  }

  tags = { Name = var.name }

  # Container Insights makes its group itself where it finds none, and keeps everything for ever.
  depends_on = [aws_cloudwatch_log_group.insights]
}

# Not below /mayfly/, where the groups of environments are.
resource "aws_cloudwatch_log_group" "exec" {
  name              = "/ecs/${var.name}/exec"
  retention_in_days = var.log_retention_days

  tags = { Name = "/ecs/${var.name}/exec" }
}

resource "aws_cloudwatch_log_group" "insights" {
  count = var.container_insights ? 1 : 0

  name              = "/aws/ecs/containerinsights/${var.name}/performance"
  retention_in_days = var.log_retention_days

  tags = { Name = "/aws/ecs/containerinsights/${var.name}/performance" }
}
