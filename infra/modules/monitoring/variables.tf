variable "name" {
  description = "The platform's name, which every name here, and every name of an environment's resources, begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "load_balancer_arn" {
  description = "The shared load balancer."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[\\w-]*:elasticloadbalancing:[^:]*:\\d{12}:loadbalancer/app/", var.load_balancer_arn))
    error_message = "load_balancer_arn must be the ARN of an application load balancer."
  }
}

variable "source_instance" {
  description = "The identifier of the source database's instance: cloning needs it to be there."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.source_instance)) && length(var.source_instance) <= 63
    error_message = "source_instance must be the identifier of a DB instance: lower case letters, digits and single hyphens."
  }
}

variable "cluster_name" {
  description = "The ECS cluster that environments run in."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster_name))
    error_message = "cluster_name must be the name of an ECS cluster, not its ARN."
  }
}

variable "container_insights" {
  description = "Whether the cluster reports to Container Insights; without, nothing counts its tasks."
  type        = bool
  default     = false
}

variable "nat_gateway_ids" {
  description = "NAT gateways, by a key that is known before they are made: `{ main = module.network.nat_gateway_id }`."
  type        = map(string)
  default     = {}
}

variable "log_group" {
  description = "The group that Mayfly's own log goes to, which must exist; null where its log does not go to CloudWatch."
  type        = string
  default     = null

  validation {
    condition     = var.log_group == null ? true : can(regex("^[A-Za-z0-9_./#-]{1,512}$", var.log_group))
    error_message = "log_group must be the name of a log group."
  }
}

variable "subscriptions" {
  description = "Who is told: `{ on-call = { protocol = \"email\", endpoint = \"team@example.gov.uk\" } }`. An e-mail address has to confirm."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  default = {}

  validation {
    condition = alltrue([
      for subscription in values(var.subscriptions) :
      subscription.protocol == "email" ? can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", subscription.endpoint)) : subscription.protocol == "https" && startswith(subscription.endpoint, "https://")
    ])
    error_message = "subscriptions must each be of protocol email with an address, or of protocol https with a URL that begins with https://."
  }
}

variable "kms_key_arn" {
  description = "The key that alerts are encrypted with, whose policy has to let CloudWatch, Budgets and EventBridge use it; null makes one."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[^:]+:\\d{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key of KMS, not of an alias."
  }
}

variable "thresholds" {
  description = "From what on an alarm is raised. Counts are of five minutes; quota is in percent of what the account may have."
  type = object({
    load_balancer_errors = optional(number, 25)
    target_errors        = optional(number, 100)
    source_cpu_percent   = optional(number, 80)
    source_acu_percent   = optional(number, 90)
    source_free_memory   = optional(number, 268435456)
    source_connections   = optional(number, 80)
    quota_percent        = optional(number, 80)
    tasks                = optional(number, 100)
  })
  default = {}

  validation {
    condition     = alltrue([for threshold in values(var.thresholds) : threshold > 0])
    error_message = "thresholds must all be above 0."
  }

  validation {
    condition     = alltrue([for percent in [var.thresholds.source_cpu_percent, var.thresholds.source_acu_percent, var.thresholds.quota_percent] : percent < 100])
    error_message = "thresholds in percent must be below 100: what is full is no warning."
  }
}

variable "budget" {
  description = "What environments may cost in a month, in US dollars, and at which percentages of it to tell; null makes no budget."
  type = object({
    limit_usd        = number
    actual_percent   = optional(list(number), [50, 80, 100])
    forecast_percent = optional(list(number), [100])
  })
  default = null

  validation {
    condition     = var.budget == null ? true : var.budget.limit_usd > 0 && alltrue([for percent in concat(var.budget.actual_percent, var.budget.forecast_percent) : percent > 0 && percent <= 1000])
    error_message = "budget must have a limit_usd above 0, and percentages from 1 to 1000."
  }

  # More would be noise, and every one needs a place among the few notifications that a budget takes.
  validation {
    condition     = var.budget == null ? true : length(var.budget.actual_percent) + length(var.budget.forecast_percent) >= 1 && length(var.budget.actual_percent) + length(var.budget.forecast_percent) <= 5
    error_message = "budget must have one to five percentages, actual and forecast together."
  }
}
