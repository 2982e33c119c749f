locals {
  dashboard = {
    name            = var.name
    region          = local.region
    cluster         = var.cluster_name
    load_balancer   = local.load_balancer
    source_instance = var.source_instance
    alarms          = jsonencode(sort([for alarm in concat(values(aws_cloudwatch_metric_alarm.this), values(aws_cloudwatch_metric_alarm.quota)) : alarm.arn]))
  }
}

resource "aws_cloudwatch_dashboard" "platform" {
  dashboard_name = var.name
  # Decoded and encoded again: a body that is no JSON fails here, and not in CloudWatch.
  dashboard_body = jsonencode(jsondecode(templatefile("${path.module}/dashboards/platform.json.tftpl", local.dashboard)))
}

# One for every environment there is or will be: its variable stands for the environment's name wherever a metric is named.
resource "aws_cloudwatch_dashboard" "environment" {
  dashboard_name = "${var.name}-environment"
  dashboard_body = jsonencode(jsondecode(templatefile("${path.module}/dashboards/environment.json.tftpl", local.dashboard)))
}
