# What the reaper found and did, for whoever subscribes.
resource "aws_sns_topic" "reports" {
  name              = "${local.reaper}-reports"
  display_name      = "Mayfly reaper"
  kms_master_key_id = coalesce(var.kms_key_arn, "alias/aws/sns")

  tags = { Name = "${local.reaper}-reports" }
}

resource "aws_sns_topic_subscription" "reports" {
  for_each = toset(var.report_emails)

  topic_arn = aws_sns_topic.reports.arn
  protocol  = "email"
  endpoint  = each.value
}
