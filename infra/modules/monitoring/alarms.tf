locals {
  load_balancer_dimensions = { LoadBalancer = local.load_balancer }
  source_dimensions        = { DBInstanceIdentifier = var.source_instance }

  # Alarms on one metric each. `missing` is what silence means: of a count that is only reported when it is not zero, nothing.
  metric_alarms = merge(
    {
      "load-balancer-5xx" = {
        says       = "The load balancer itself answers with 5xx: no healthy target, or none that answers in time."
        namespace  = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", dimensions = local.load_balancer_dimensions
        statistic  = "Sum", threshold = var.thresholds.load_balancer_errors, periods = 1
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
      "target-5xx" = {
        says       = "Services of environments answer with 5xx more than usual; see which on the dashboard of environments."
        namespace  = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.load_balancer_dimensions
        statistic  = "Sum", threshold = var.thresholds.target_errors, periods = 3
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
      "rejected-connections" = {
        says       = "The load balancer rejects connections: it has as many as it takes."
        namespace  = "AWS/ApplicationELB", metric = "RejectedConnectionCount", dimensions = local.load_balancer_dimensions
        statistic  = "Sum", threshold = 1, periods = 1
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
      "source-unavailable" = {
        says       = "The source database's instance reports nothing: it is stopped, failing or gone, and no environment can be made."
        namespace  = "AWS/RDS", metric = "CPUUtilization", dimensions = local.source_dimensions
        statistic  = "SampleCount", threshold = 1, periods = 3
        comparison = "LessThanThreshold", missing = "breaching"
      }
      "source-cpu" = {
        says       = "The source database is busy, and clones are slow to be made."
        namespace  = "AWS/RDS", metric = "CPUUtilization", dimensions = local.source_dimensions
        statistic  = "Average", threshold = var.thresholds.source_cpu_percent, periods = 3
        comparison = "GreaterThanOrEqualToThreshold", missing = "ignore"
      }
      "source-acu" = {
        says       = "The source database is near the most capacity it may take; raise its maximum or find who reads from it."
        namespace  = "AWS/RDS", metric = "ACUUtilization", dimensions = local.source_dimensions
        statistic  = "Average", threshold = var.thresholds.source_acu_percent, periods = 3
        comparison = "GreaterThanOrEqualToThreshold", missing = "ignore"
      }
      "source-memory" = {
        says       = "The source database has little memory left."
        namespace  = "AWS/RDS", metric = "FreeableMemory", dimensions = local.source_dimensions
        statistic  = "Average", threshold = var.thresholds.source_free_memory, periods = 3
        comparison = "LessThanThreshold", missing = "ignore"
      }
      "source-connections" = {
        says       = "Many are connected to the source database, which environments should not be: each has a clone."
        namespace  = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.source_dimensions
        statistic  = "Maximum", threshold = var.thresholds.source_connections, periods = 1
        comparison = "GreaterThanOrEqualToThreshold", missing = "ignore"
      }
    },
    var.container_insights ? {
      "cluster-tasks" = {
        says       = "More tasks run in the cluster than all environments together should need."
        namespace  = "ECS/ContainerInsights", metric = "TaskCount", dimensions = { ClusterName = var.cluster_name }
        statistic  = "Maximum", threshold = var.thresholds.tasks, periods = 3
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
    } : {},
    {
      for key in keys(var.nat_gateway_ids) : "nat-${key}-ports" => {
        says       = "The NAT gateway has no port left for a connection: images cannot be pulled, and services do not reach outside."
        namespace  = "AWS/NATGateway", metric = "ErrorPortAllocation", dimensions = { NatGatewayId = var.nat_gateway_ids[key] }
        statistic  = "Sum", threshold = 1, periods = 1
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
    },
    {
      for key in keys(var.nat_gateway_ids) : "nat-${key}-drops" => {
        says       = "The NAT gateway drops packets."
        namespace  = "AWS/NATGateway", metric = "PacketsDropCount", dimensions = { NatGatewayId = var.nat_gateway_ids[key] }
        statistic  = "Sum", threshold = 100, periods = 3
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
    },
    {
      for key, filter in local.log_filters : "mayfly-${key}" => {
        says       = filter.says
        namespace  = local.log_namespace, metric = key, dimensions = {}
        statistic  = "Sum", threshold = filter.threshold, periods = 1
        comparison = "GreaterThanOrEqualToThreshold", missing = "notBreaching"
      }
    },
  )

  # Usage that AWS counts against a quota. Of the limits on Aurora clones and on clusters it publishes none.
  quotas = {
    "rules"         = { service = "Elastic Load Balancing", resource = "RoutingRulesPerApplicationLoadBalancer", class = "None", says = "A load balancer nears the rules it takes: soon no host can be added." }
    "target-groups" = { service = "Elastic Load Balancing", resource = "TargetGroupsPerApplicationLoadBalancer", class = "None", says = "A load balancer nears the target groups it takes, a limit that AWS does not raise: soon no service can be added." }
    "certificates"  = { service = "Elastic Load Balancing", resource = "CertificatesPerApplicationLoadBalancer", class = "None", says = "A load balancer nears the certificates it takes: soon no environment with a certificate of its own can be added." }
    "fargate-vcpu"  = { service = "Fargate", resource = "vCPU", class = "Standard/OnDemand", says = "Fargate nears the vCPUs that the account may use: soon no task can be started." }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.metric_alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.says

  namespace   = each.value.namespace
  metric_name = each.value.metric
  dimensions  = each.value.dimensions

  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = each.value.comparison
  treat_missing_data  = each.value.missing

  alarm_actions = local.alert
  ok_actions    = local.alert

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_cloudwatch_metric_alarm" "quota" {
  for_each = local.quotas

  alarm_name        = "${var.name}-quota-${each.key}"
  alarm_description = each.value.says

  evaluation_periods  = 1
  threshold           = var.thresholds.quota_percent
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"

  metric_query {
    id = "used"

    metric {
      namespace   = "AWS/Usage"
      metric_name = "ResourceCount"
      dimensions  = { Service = each.value.service, Type = "Resource", Resource = each.value.resource, Class = each.value.class }
      period      = 300
      stat        = "Maximum"
    }
  }

  metric_query {
    id          = "percent"
    expression  = "used / SERVICE_QUOTA(used) * 100"
    label       = "${each.key}, percent of the quota"
    return_data = true
  }

  alarm_actions = local.alert
  ok_actions    = local.alert

  tags = { Name = "${var.name}-quota-${each.key}" }
}
