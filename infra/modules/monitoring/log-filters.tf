locals {
  log_namespace = "Mayfly/${var.name}"

  # Mayfly logs JSON lines of pino, whose level 50 is an error and 60 the end of the process; a message is one of a fixed set.
  all_log_filters = {
    "errors" = {
      pattern   = "{ $.level >= 50 }"
      threshold = 5
      says      = "Mayfly logged errors: see its log."
    }
    "failed-looks" = {
      pattern   = "{ $.msg = \"a look at an environment failed\" }"
      threshold = 3
      says      = "Looks at environments fail for a reason that no adapter knows; Mayfly tries again, but somebody should read its log."
    }
    "store-failures" = {
      pattern   = "{ ($.msg = \"the database or the job queue does not answer\") || ($.msg = \"the job queue met an error\") || ($.msg = \"a tick failed\") }"
      threshold = 1
      says      = "Mayfly does not reach its database or its job queue: nothing is made and nothing is removed meanwhile."
    }
    "leaks" = {
      pattern   = "{ $.msg = \"a leak was found\" }"
      threshold = 1
      says      = "The sweep found something in the account that no record and no pull request keeps, and deletes it unless it is told not to: something went wrong before. The line in Mayfly's log says what it is."
    }
    "refused-webhooks" = {
      pattern   = "{ $.msg = \"a webhook was refused*\" }"
      threshold = 10
      says      = "Webhooks are refused for their signature: somebody guesses, or the webhook secret differs from GitHub's."
    }
  }
  log_filters = var.log_group == null ? {} : local.all_log_filters
}

resource "aws_cloudwatch_log_metric_filter" "mayfly" {
  for_each = local.log_filters

  name           = "${var.name}-mayfly-${each.key}"
  log_group_name = var.log_group
  pattern        = each.value.pattern

  metric_transformation {
    namespace     = local.log_namespace
    name          = each.key
    value         = "1"
    default_value = "0"
  }
}
