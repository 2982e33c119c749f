# Costs are known by the tag only once it is activated as a cost allocation tag, by the account that pays the bill.
resource "aws_budgets_budget" "environments" {
  count = var.budget == null ? 0 : 1

  name         = "${var.name}-environments"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = format("%.2f", var.budget.limit_usd)
  limit_unit   = "USD"

  cost_filter {
    name   = "TagKeyValue"
    values = ["user:EphemeralEnv$true"]
  }

  dynamic "notification" {
    for_each = concat(
      [for percent in var.budget.actual_percent : { type = "ACTUAL", percent = percent }],
      [for percent in var.budget.forecast_percent : { type = "FORECASTED", percent = percent }],
    )

    content {
      comparison_operator       = "GREATER_THAN"
      notification_type         = notification.value.type
      threshold                 = notification.value.percent
      threshold_type            = "PERCENTAGE"
      subscriber_sns_topic_arns = [aws_sns_topic.alerts.arn]
    }
  }

  tags = { Name = "${var.name}-environments" }

  # Budgets refuses a topic that it may not publish to.
  depends_on = [aws_sns_topic_policy.alerts]
}
