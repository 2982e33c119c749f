variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "package_file" {
  description = "The zip of the function's code, a path on the machine that runs Terraform."
  type        = string

  validation {
    condition     = fileexists(var.package_file)
    error_message = "package_file is not there: build the reaper's package first."
  }
}

variable "handler" {
  description = "The module in the package, and the function that it exports."
  type        = string
  default     = "reaper.handler"

  validation {
    condition     = can(regex("^[\\w./-]+\\.\\w+$", var.handler))
    error_message = "handler must be a module and a function, such as reaper.handler."
  }
}

variable "runtime" {
  description = "Lambda's Node. The provider knows none above nodejs22.x, which is why the package has to be JavaScript that it runs."
  type        = string
  default     = "nodejs22.x"

  validation {
    condition     = can(regex("^nodejs(2[2-9]|[3-9][0-9])\\.x$", var.runtime))
    error_message = "runtime must be nodejs22.x or above."
  }
}

variable "memory_mb" {
  description = "The function's memory, and with it its share of a processor."
  type        = number
  default     = 512

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "memory_mb must be a whole number from 128 to 10240."
  }
}

variable "timeout_seconds" {
  description = "How long a run may take. What is not done by then is the next run's."
  type        = number
  default     = 300

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "timeout_seconds must be a whole number from 1 to 900, which is the longest that Lambda lets a function run."
  }
}

variable "reserved_concurrency" {
  description = "How many runs there may be at once: one, so that no two remove the same thing. Null reserves none, for an account whose whole concurrency is too small to reserve from."
  type        = number
  default     = 1

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 1 && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "reserved_concurrency must be a whole number above 0, or null: with 0 the function never runs, which `enabled` is for."
  }
}

variable "function_retries" {
  description = "How often Lambda runs a failed run again before it goes to the dead letters: 0 to 2."
  type        = number
  default     = 1

  validation {
    condition     = contains([0, 1, 2], var.function_retries)
    error_message = "function_retries must be 0, 1 or 2."
  }
}

variable "event_age_seconds" {
  description = "How long a run may wait for the one before it."
  type        = number
  default     = 3600

  validation {
    condition     = var.event_age_seconds >= 60 && var.event_age_seconds <= 21600 && floor(var.event_age_seconds) == var.event_age_seconds
    error_message = "event_age_seconds must be a whole number from 60 to 21600."
  }
}

variable "schedule" {
  description = "When the reaper runs: a rate or a cron expression of EventBridge Scheduler, in UTC."
  type        = string
  default     = "rate(15 minutes)"

  validation {
    condition     = can(regex("^(rate\\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\\)|cron\\([^ ]+( [^ ]+){5}\\))$", var.schedule))
    error_message = "schedule must be such as rate(15 minutes), rate(1 hour) or cron(0 5 * * ? *)."
  }
}

variable "enabled" {
  description = "Whether the schedule starts the reaper."
  type        = bool
  default     = true
}

variable "dry_run" {
  description = "Whether the reaper only reports what it would remove."
  type        = bool
  default     = false
}

variable "grace_minutes" {
  description = "How long after its expiry an environment is left to Mayfly, which tells its pull request."
  type        = number
  default     = 120

  validation {
    condition     = var.grace_minutes >= 0 && var.grace_minutes <= 10080 && floor(var.grace_minutes) == var.grace_minutes
    error_message = "grace_minutes must be a whole number from 0 to 10080, a week."
  }
}

variable "slack_webhook_secret_arn" {
  description = "The secret that holds the URL of an incoming webhook of Slack, as plain text, for reports. A key of one's own has to let the role decrypt. Null tells Slack nothing."
  type        = string
  default     = null

  validation {
    condition     = var.slack_webhook_secret_arn == null ? true : can(regex("^arn:aws[\\w-]*:secretsmanager:", var.slack_webhook_secret_arn))
    error_message = "slack_webhook_secret_arn must be the ARN of a secret."
  }
}

variable "platform_parameter" {
  description = "The parameter that holds the platform document. `policy_json` has to allow reading it."
  type        = string
  default     = "/mayfly/platform"

  validation {
    condition     = can(regex("^/[A-Za-z0-9_./-]+$", var.platform_parameter))
    error_message = "platform_parameter must be the name of a parameter, and begin with a slash."
  }
}

variable "environment" {
  description = "What the function is told besides what this module sets. No secrets: whoever may look at the function reads it."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Z][A-Z0-9_]+$", name)) && !startswith(name, "AWS_") && !contains(["PLATFORM_PARAMETER", "REPORT_TOPIC_ARN", "DRY_RUN", "GRACE_MINUTES", "SLACK_WEBHOOK_SECRET_ARN"], name)])
    error_message = "environment must have names in upper case, none that Lambda keeps for itself (AWS_) and none that this module sets."
  }
}

variable "policy_json" {
  description = "What the reaper may do in AWS besides reporting, as a policy document; `infra/policies` renders it."
  type        = string

  validation {
    condition     = can(jsondecode(var.policy_json).Statement) && length(var.policy_json) <= 9000
    error_message = "policy_json must be a policy document with statements, of at most 9,000 characters."
  }
}

variable "permissions_boundary_arn" {
  description = "The boundary of the reaper's role: what it may never do, whatever its policies say. It has to allow the topic and the queue. Null sets none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:aws[\\w-]*:iam::(\\d{12}|aws):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be an ARN of an IAM policy."
  }
}

variable "kms_key_arn" {
  description = "The key that reports are encrypted with in their topic; null takes the account's own for SNS. The queue has SQS's own."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be an ARN of KMS."
  }
}

variable "report_emails" {
  description = "Who gets the reports by mail. Each has to confirm it once."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.report_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "report_emails must be addresses."
  }
}

variable "silence_alarm_hours" {
  description = "After how many hours without a run there is an alarm. More than the schedule's own pause."
  type        = number
  default     = 2

  validation {
    condition     = var.silence_alarm_hours >= 1 && var.silence_alarm_hours <= 168 && floor(var.silence_alarm_hours) == var.silence_alarm_hours
    error_message = "silence_alarm_hours must be a whole number from 1 to 168: an alarm looks back seven days at most."
  }
}

variable "log_retention_days" {
  description = "How long the reaper's logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "The key that the reaper's logs are encrypted with; its policy has to let CloudWatch Logs use it: see the module cluster. Null leaves that to CloudWatch Logs."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key of KMS: CloudWatch Logs takes no alias."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that are told of alarms, and of their ends. Without any, alarms are only seen by who looks."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:aws[\\w-]*:sns:", arn))])
    error_message = "alarm_topic_arns must be ARNs of SNS topics."
  }
}
