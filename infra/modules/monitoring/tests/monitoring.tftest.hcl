mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:nonprod-alerts" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/made" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:nonprod" }
  }
}

variables {
  name              = "nonprod"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/nonprod/50dc6c495c0c9188"
  source_instance   = "nonprod-source-1"
  cluster_name      = "nonprod"
}

run "alerts_are_encrypted_and_nobody_publishes_for_another_account" {
  command = apply

  assert {
    condition     = aws_sns_topic.alerts.kms_master_key_id == "arn:aws:kms:eu-west-1:123456789012:key/made" && aws_kms_key.alerts[0].enable_key_rotation
    error_message = "the topic has a key of its own"
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_sns_topic_policy.alerts.policy).Statement :
      statement.Condition.StringEquals["aws:SourceAccount"] == "123456789012" && strcontains(statement.Condition.ArnLike["aws:SourceArn"], ":123456789012:")
      if statement.Effect == "Allow"
    ])
    error_message = "each service is believed only on this account's behalf"
  }

  assert {
    condition     = toset([for statement in jsondecode(aws_sns_topic_policy.alerts.policy).Statement : statement.Principal.Service if statement.Effect == "Allow"]) == toset(["cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"])
    error_message = "alarms, rules and budgets publish, and nobody else"
  }

  assert {
    condition     = toset(jsondecode(aws_kms_key.alerts[0].policy).Statement[1].Principal.Service) == toset(["cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"]) && jsondecode(aws_kms_key.alerts[0].policy).Statement[1].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "whoever publishes may use the key"
  }
}

run "every_alarm_tells_the_topic_when_it_is_raised_and_when_it_is_over" {
  command = apply

  variables {
    container_insights = true
    nat_gateway_ids    = { main = "nat-0a" }
    log_group          = "/mayfly/app"
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.this), values(aws_cloudwatch_metric_alarm.quota)) :
      alarm.alarm_actions == toset([aws_sns_topic.alerts.arn]) && alarm.ok_actions == toset([aws_sns_topic.alerts.arn]) && startswith(alarm.alarm_name, "nonprod-") && alarm.alarm_description != null
    ])
    error_message = "an alarm without an action tells nobody"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["load-balancer-5xx"].dimensions == tomap({ LoadBalancer = "app/nonprod/50dc6c495c0c9188" })
    error_message = "CloudWatch names a load balancer by the end of its ARN"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["source-unavailable"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.this["source-unavailable"].dimensions == tomap({ DBInstanceIdentifier = "nonprod-source-1" })
    error_message = "a source that says nothing is not there"
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.quota["target-groups"].metric_query : query.metric[0].dimensions.Resource if query.id == "used"]) == "TargetGroupsPerApplicationLoadBalancer"
    error_message = "target groups are counted against their quota, which is hard"
  }

  assert {
    condition     = alltrue([for key in ["cluster-tasks", "nat-main-ports", "nat-main-drops", "mayfly-errors"] : contains(keys(aws_cloudwatch_metric_alarm.this), key)])
    error_message = "cluster, NAT gateway and Mayfly's log are watched where they are given"
  }

  assert {
    condition = alltrue([
      for key, filter in aws_cloudwatch_log_metric_filter.mayfly :
      filter.log_group_name == "/mayfly/app" && aws_cloudwatch_metric_alarm.this["mayfly-${key}"].metric_name == filter.metric_transformation[0].name && aws_cloudwatch_metric_alarm.this["mayfly-${key}"].namespace == filter.metric_transformation[0].namespace
    ]) && length(aws_cloudwatch_log_metric_filter.mayfly) == 5
    error_message = "each filter of Mayfly's log feeds an alarm"
  }
}

run "what_is_not_given_is_not_watched" {
  command = apply

  assert {
    condition     = !anytrue([for key in keys(aws_cloudwatch_metric_alarm.this) : startswith(key, "nat-") || startswith(key, "mayfly-") || key == "cluster-tasks"]) && length(aws_cloudwatch_log_metric_filter.mayfly) == 0 && length(aws_budgets_budget.environments) == 0
    error_message = "no alarm on what nobody named"
  }
}

run "one_dashboard_serves_every_environment" {
  command = apply

  assert {
    condition     = jsondecode(aws_cloudwatch_dashboard.environment.dashboard_body).variables[0].type == "pattern" && jsondecode(aws_cloudwatch_dashboard.environment.dashboard_body).variables[0].pattern == "ENVIRONMENT"
    error_message = "the environment is a variable of the dashboard"
  }

  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.environment.dashboard_body).widgets :
      strcontains(jsonencode(widget), "nonprod-ENVIRONMENT") || strcontains(jsonencode(widget), "mayfly/nonprod/ENVIRONMENT")
    ])
    error_message = "each widget shows the one environment"
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.platform.dashboard_body).widgets[0].properties.alarms) == length(output.alarm_names)
    error_message = "the platform's dashboard shows every alarm"
  }
}

run "the_budget_counts_environments_and_tells_the_topic" {
  command = apply

  variables {
    budget = { limit_usd = 500 }
  }

  assert {
    condition     = one(aws_budgets_budget.environments[0].cost_filter).name == "TagKeyValue" && one(aws_budgets_budget.environments[0].cost_filter).values == tolist(["user:EphemeralEnv$true"]) && aws_budgets_budget.environments[0].limit_amount == "500.00"
    error_message = "the budget is of what carries the tag that Mayfly puts on everything"
  }

  assert {
    condition     = toset([for notification in aws_budgets_budget.environments[0].notification : "${notification.notification_type} ${notification.threshold}"]) == toset(["ACTUAL 50", "ACTUAL 80", "ACTUAL 100", "FORECASTED 100"]) && alltrue([for notification in aws_budgets_budget.environments[0].notification : notification.subscriber_sns_topic_arns == toset([aws_sns_topic.alerts.arn])])
    error_message = "what was spent and what will be are told to the topic"
  }
}

run "who_subscribes_is_told" {
  command = apply

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/given"
    subscriptions = {
      team = { protocol = "email", endpoint = "team@example.gov.uk" }
      hook = { protocol = "https", endpoint = "https://hooks.example.gov.uk/alerts" }
    }
  }

  assert {
    condition     = aws_sns_topic_subscription.alerts["team"].endpoint == "team@example.gov.uk" && aws_sns_topic_subscription.alerts["hook"].protocol == "https"
    error_message = "each subscription is made"
  }

  assert {
    condition     = length(aws_kms_key.alerts) == 0 && output.kms_key_arn == "arn:aws:kms:eu-west-1:123456789012:key/given"
    error_message = "a key that is given is used"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name              = "a-name-that-is-too-long"
    load_balancer_arn = "app/nonprod/50dc6c495c0c9188"
    source_instance   = "nonprod--source"
    cluster_name      = "arn:aws:ecs:eu-west-1:123456789012:cluster/nonprod"
    log_group         = "mayfly app"
    kms_key_arn       = "alias/aws/sns"
    subscriptions     = { hook = { protocol = "https", endpoint = "http://hooks.example.gov.uk" } }
    thresholds        = { source_cpu_percent = 100, tasks = 0 }
    budget            = { limit_usd = 500, actual_percent = [10, 20, 30, 40, 50] }
  }

  expect_failures = [
    var.name, var.load_balancer_arn, var.source_instance, var.cluster_name, var.log_group, var.kms_key_arn,
    var.subscriptions, var.thresholds, var.budget,
  ]
}
