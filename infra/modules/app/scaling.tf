locals {
  load_balancer_suffix = regex("loadbalancer/(.+)$", var.load_balancer.arn)[0]
  web_requests_label   = "${local.load_balancer_suffix}/${aws_lb_target_group.web.arn_suffix}"
}

resource "aws_appautoscaling_target" "app" {
  for_each = local.roles

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${local.cluster_name}/${aws_ecs_service.app[each.key].name}"
  min_capacity       = each.value.min_tasks
  max_capacity       = each.value.max_tasks

  tags = { Name = "${local.app}-${each.key}" }
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each = local.roles

  name               = "${local.app}-${each.key}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.app[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.app[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.app[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value = each.value.cpu_percent
    # A worker that goes hands its environments on, which costs the next one a look at each.
    scale_in_cooldown  = each.key == "worker" ? 900 : 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "requests" {
  name               = "${local.app}-web-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.app["web"].service_namespace
  scalable_dimension = aws_appautoscaling_target.app["web"].scalable_dimension
  resource_id        = aws_appautoscaling_target.app["web"].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.web.requests_per_minute
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = local.web_requests_label
    }
  }
}
