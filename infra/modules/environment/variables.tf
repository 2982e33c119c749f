variable "name" {
  description = "The environment's name: a label of its hosts, and part of every name here."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(local.names.pattern, var.name)) && length(var.name) <= local.names.maxLength
    error_message = "name must be lower case letters, digits and single hyphens, begin with a letter, and have at most ${local.names.maxLength} characters."
  }

  validation {
    condition     = !contains(local.names.reserved, var.name)
    error_message = "`${var.name}` is the name of a standing environment, which no ephemeral one may have."
  }

  validation {
    condition     = !can(regex(local.names.sourcePattern, var.name))
    error_message = "`${var.name}` is what the databases are called that clones are made of."
  }

  validation {
    condition     = !can(regex(local.names.pullRequestPattern, var.name)) && !anytrue([for prefix in values(var.platform.environmentPrefixes) : can(regex("^${prefix}-[0-9]+$", var.name))])
    error_message = "`${var.name}` is what Mayfly calls, or will call, a pull request's environment."
  }
}

variable "platform" {
  description = "The platform document (docs/schema/platform.schema.json), decoded; keys that environments have no use for are ignored."
  type = object({
    name      = string
    accountId = string
    region    = string
    network = object({
      vpcId                   = string
      subnetIds               = list(string)
      serviceSecurityGroupIds = list(string)
    })
    cluster = object({
      arn              = string
      executionRoleArn = string
      taskRoleArn      = optional(string)
    })
    loadBalancer = object({
      dnsName = string
      zoneId  = string
      listeners = list(object({
        port             = number
        protocol         = string
        arn              = string
        certificateNames = optional(list(string), [])
      }))
    })
    dns = object({
      zoneId = string
      zone   = string
    })
    database = object({
      sourceIdentifier = string
      subnetGroup      = string
      securityGroupIds = list(string)
      parameterGroup   = optional(string)
    })
    logs                = object({ retentionDays = number, kmsKeyArn = optional(string) })
    limits              = optional(object({ maxTtlSeconds = optional(number, 2419200) }), {})
    hostTemplate        = optional(string, "{service}.{env}.{zone}")
    environmentPrefixes = optional(map(string), {})
  })
  nullable = false
}

variable "created_at" {
  description = "When the environment was first made, as RFC 3339 in UTC: what the platform's longest life is counted from."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$", var.created_at)) && can(timeadd(var.created_at, "0s"))
    error_message = "created_at must be an instant such as 2026-11-22T22:40:00Z."
  }
}

variable "expires_at" {
  description = "When the environment may be removed: an instant, as RFC 3339 in UTC with whole seconds. It is given, and never worked out here: from the present it would move with every plan."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$", var.expires_at)) && can(timeadd(var.expires_at, "0s"))
    error_message = "expires_at must be an instant such as 2026-11-29T22:40:00Z."
  }

  validation {
    condition     = try(timecmp(var.expires_at, timeadd(var.created_at, "${var.platform.limits.maxTtlSeconds}s")) <= 0, true)
    error_message = "expires_at is later than the platform allows: an environment may live for ${floor(var.platform.limits.maxTtlSeconds / 86400)} days from ${var.created_at}."
  }
}

variable "branch" {
  description = "The branch that is shown, for people; only what every service of AWS takes in a tag."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.:/=+@-][A-Za-z0-9 _.:/=+@-]{0,255}$", var.branch)) && !can(regex("(?i)^(aws|rds):", var.branch))
    error_message = "branch must be letters, digits, spaces and any of _.:/=+-@, 1 to 256 of them, and not begin with aws: or rds:."
  }
}

variable "commit" {
  description = "The commit that is shown, in full."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{40,64}$", var.commit))
    error_message = "commit must be a full commit id: 40 hexadecimal digits."
  }
}

variable "repository" {
  description = "The repository that it is of, as `owner/name`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository must be owner/name."
  }
}

variable "pull_request" {
  description = "The pull request that it is for; null for none."
  type        = number
  default     = null

  validation {
    condition     = var.pull_request == null ? true : var.pull_request >= 1 && floor(var.pull_request) == var.pull_request
    error_message = "pull_request must be a whole number from 1."
  }
}

variable "database" {
  description = "The clone of the platform's source: capacity in Aurora capacity units, in halves, where a `min` of 0 pauses it after `auto_pause_seconds`; `name` is the schema. Null for none."
  type = object({
    name = optional(string)
    capacity = optional(object({
      min                = optional(number, 0.5)
      max                = optional(number, 2)
      auto_pause_seconds = optional(number, 300)
    }), {})
  })
  default = {}

  validation {
    condition     = var.database == null ? true : var.database.capacity.min >= 0 && var.database.capacity.max >= 1 && var.database.capacity.max <= 256 && var.database.capacity.min <= var.database.capacity.max && floor(var.database.capacity.min * 2) == var.database.capacity.min * 2 && floor(var.database.capacity.max * 2) == var.database.capacity.max * 2
    error_message = "database.capacity must be from 0 to 256 in steps of a half, its max 1 at least and not below its min."
  }

  validation {
    condition     = var.database == null ? true : var.database.capacity.auto_pause_seconds >= 300 && var.database.capacity.auto_pause_seconds <= 86400
    error_message = "database.capacity.auto_pause_seconds must be from 300 to 86400."
  }

  validation {
    condition     = try(var.database.name, null) == null ? true : can(regex("^\\w{1,64}$", var.database.name))
    error_message = "database.name must be letters, digits and _, at most 64."
  }
}

variable "database_secret_arn" {
  description = "The secret that holds the password, and takes the rest of what a client has to know: of the module database-password. Null where there is no database."
  type        = string
  default     = null

  validation {
    condition     = var.database == null || var.database_secret_arn != null
    error_message = "database_secret_arn is missing: a clone opens with its source's master password until it has one of its own."
  }
}

variable "database_password" {
  description = "The clone's new master password, of the module database-password. It is kept in no state."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "dedicated_cluster" {
  description = "Gives the environment an ECS cluster of its own instead of the platform's."
  type = object({
    container_insights = optional(bool, false)
  })
  default = null
}

variable "wait_for_steady_state" {
  description = "Whether an apply ends only when the services run. Without, it ends when ECS has taken the order."
  type        = bool
  default     = true
}
