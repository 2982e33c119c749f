data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  # Metrics name a load balancer by what stands behind `loadbalancer/` in its ARN.
  load_balancer = try(regex("loadbalancer/(.+)$", var.load_balancer_arn)[0], "")
  alert         = [aws_sns_topic.alerts.arn]
}
