output "topic_arn" {
  description = "The topic that alerts go to, once services may publish to it."
  value       = aws_sns_topic.alerts.arn

  depends_on = [aws_sns_topic_policy.alerts]
}

output "kms_key_arn" {
  description = "The key that alerts are encrypted with: whoever else publishes to the topic needs it."
  value       = aws_sns_topic.alerts.kms_master_key_id
}

output "alarm_names" {
  description = "The alarms, by name."
  value       = sort([for alarm in concat(values(aws_cloudwatch_metric_alarm.this), values(aws_cloudwatch_metric_alarm.quota)) : alarm.alarm_name])
}

output "dashboards" {
  description = "The dashboards' names: of the platform, and of one environment, which is chosen there."
  value = {
    platform    = aws_cloudwatch_dashboard.platform.dashboard_name
    environment = aws_cloudwatch_dashboard.environment.dashboard_name
  }
}
