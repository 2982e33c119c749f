locals {
  cluster_arn = var.dedicated_cluster == null ? var.platform.cluster.arn : aws_ecs_cluster.dedicated[0].arn
}

resource "aws_ecs_cluster" "dedicated" {
  count = var.dedicated_cluster == null ? 0 : 1

  name = local.name

  setting {
    name  = "containerInsights"
    value = var.dedicated_cluster.container_insights ? "enabled" : "disabled"
  }

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.name })

  # Container Insights makes its group itself where it finds none, and keeps everything for ever. It also makes it again
  # after the cluster is gone, when its last figures come late: see the README.
  depends_on = [aws_cloudwatch_log_group.insights]
}

resource "aws_cloudwatch_log_group" "insights" {
  count = try(var.dedicated_cluster.container_insights, false) ? 1 : 0

  name              = "/aws/ecs/containerinsights/${local.name}/performance"
  retention_in_days = var.platform.logs.retentionDays
  kms_key_id        = var.platform.logs.kmsKeyArn

  tags = merge(local.tags, { (local.domain.tagKeys.name) = "/aws/ecs/containerinsights/${local.name}/performance" })
}
