locals {
  gibibyte = 1024 * 1024 * 1024

  target_group_dimensions = {
    LoadBalancer = local.load_balancer_suffix
    TargetGroup  = aws_lb_target_group.web.arn_suffix
  }

  alarms = merge(
    {
      no-healthy-web = {
        description = "No web task of Mayfly is healthy: GitHub's webhooks are lost until one is. Look at the service's events and the log group /ecs/${local.app}."
        namespace   = "AWS/ApplicationELB"
        metric      = "HealthyHostCount"
        statistic   = "Minimum"
        dimensions  = local.target_group_dimensions
        comparison  = "LessThanThreshold"
        threshold   = 1
        minutes     = 3
        # Nothing is reported of a target group without targets.
        missing = "breaching"
      }
      webhook-errors = {
        description = "Mayfly's web tasks answer GitHub with errors of their own. Look at the log group /ecs/${local.app}; GitHub can redeliver."
        namespace   = "AWS/ApplicationELB"
        metric      = "HTTPCode_Target_5XX_Count"
        statistic   = "Sum"
        dimensions  = local.target_group_dimensions
        comparison  = "GreaterThanThreshold"
        threshold   = 2
        minutes     = 5
        missing     = "notBreaching"
      }
      no-worker = {
        description = "No worker of Mayfly runs: environments are neither made nor removed. Look at the service's events and the log group /ecs/${local.app}."
        namespace   = "AWS/ECS"
        metric      = "CPUUtilization"
        # One sample a running task and minute (ECS developer guide, CloudWatch metrics), without Container Insights.
        statistic  = "SampleCount"
        dimensions = { ClusterName = local.cluster_name, ServiceName = aws_ecs_service.app["worker"].name }
        comparison = "LessThanThreshold"
        threshold  = 1
        minutes    = 5
        missing    = "breaching"
      }
    },
    local.makes_database ? {
      database-storage = {
        description = "Mayfly's database is short of storage, although it grows by itself: see max_storage_gb."
        namespace   = "AWS/RDS"
        metric      = "FreeStorageSpace"
        statistic   = "Minimum"
        dimensions  = { DBInstanceIdentifier = aws_db_instance.app[0].identifier }
        comparison  = "LessThanThreshold"
        threshold   = var.database.storage_gb * local.gibibyte / 10
        minutes     = 15
        missing     = "missing"
      }
      database-cpu = {
        description = "Mayfly's database is busy: a larger instance_class, or fewer workers."
        namespace   = "AWS/RDS"
        metric      = "CPUUtilization"
        statistic   = "Average"
        dimensions  = { DBInstanceIdentifier = aws_db_instance.app[0].identifier }
        comparison  = "GreaterThanThreshold"
        threshold   = 80
        minutes     = 15
        missing     = "missing"
      }
      database-connections = {
        description = "Mayfly's database has many connections; a process holds some twenty at most. More tasks than meant, or too small an instance_class."
        namespace   = "AWS/RDS"
        metric      = "DatabaseConnections"
        statistic   = "Maximum"
        dimensions  = { DBInstanceIdentifier = aws_db_instance.app[0].identifier }
        comparison  = "GreaterThanThreshold"
        threshold   = var.database.connections_alarm
        minutes     = 5
        missing     = "missing"
      }
    } : {},
  )
}

resource "aws_cloudwatch_metric_alarm" "app" {
  for_each = local.alarms

  alarm_name          = "${local.app}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  statistic           = each.value.statistic
  dimensions          = each.value.dimensions
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  # Errors come in bursts, so one bad minute tells; everything else has to last.
  datapoints_to_alarm = each.value.statistic == "Sum" ? 1 : each.value.minutes
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  tags = { Name = "${local.app}-${each.key}" }
}
