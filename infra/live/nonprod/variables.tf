variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string
  default     = "nonprod"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16 && !can(regex("^(internal|aws|rds|ssm)(-|$)", var.name))
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters, and begin with no word that AWS keeps for itself."
  }
}

variable "account_id" {
  description = "The account that this is built in. In any other, nothing is."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "account_id must be twelve digits."
  }
}

variable "region" {
  description = "The region that this is built in."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "region must be a region such as eu-west-1."
  }
}

variable "zone" {
  description = "The domain that the zone `ephemeral.<zone>` is made below."
  type        = string
}

variable "parent_zone_id" {
  description = "The hosted zone of `zone` in this account, which the delegation is written to; null leaves that to whoever owns it."
  type        = string
  default     = null
}

variable "delegated" {
  description = "Whether whoever owns the parent zone has made the NS record already; only asked where `parent_zone_id` is not given."
  type        = bool
  default     = false
}

variable "wait_for_certificate" {
  description = "Whether to wait until the certificates are issued, which happens only once the zone is delegated."
  type        = bool
  default     = true
}

variable "inverted_services" {
  description = "Host prefixes of services that get a wildcard certificate each, for hosts of the form `{env}.{service}.{zone}`."
  type        = set(string)
  default     = []
}

variable "access_logs" {
  description = "Where every request is logged: a bucket of that name is made, or, with `create = false`, one is used that is there. Null logs nothing."
  type = object({
    bucket         = string
    prefix         = optional(string)
    create         = optional(bool, true)
    retention_days = optional(number, 30)
  })
  default = null
}

variable "authentication" {
  description = "The Cognito user pool whose people alone see environments; null lets everybody."
  type = object({
    user_pool_arn       = string
    user_pool_client_id = string
    user_pool_domain    = string
    trusted_cidrs       = optional(list(string), [])
  })
  default = null
}

variable "existing_network" {
  description = "A VPC that is there already, with its subnets; null makes one."
  type = object({
    vpc_id             = string
    public_subnet_ids  = list(string)
    private_subnet_ids = list(string)
  })
  default = null
}

variable "ingress_cidr_blocks" {
  description = "Who may reach the load balancer."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

variable "protect" {
  description = "Whether the load balancer, the source database and the zone's records refuse to be deleted."
  type        = bool
  default     = true
}

variable "database_name" {
  description = "The database that the source begins with."
  type        = string
  default     = "app"
}

variable "source_version" {
  description = "What the source holds, for people: the day it was made. Null where nobody knows."
  type        = string
  default     = null
}

variable "passport_public_key" {
  description = "PEM of an Ed25519 public key. With it, nothing is cloned of a source without a passport that its private key signed. Null asks for none."
  type        = string
  default     = null

  validation {
    condition     = var.passport_public_key == null ? true : can(regex("^-----BEGIN PUBLIC KEY-----\\s", var.passport_public_key))
    error_message = "passport_public_key must be a public key in PEM, as `openssl pkey -pubout` prints it."
  }
}

variable "refresh" {
  description = "How Mayfly makes sources: the cluster whose snapshots are restored (its ARN, where another account shares them), the image that masks with the rules in it, and where in it they are; `database` is `database_name` unless told. Null leaves sources to others."
  type = object({
    snapshots_of   = string
    image          = string
    rules          = string
    architecture   = optional(string, "ARM64")
    database       = optional(string)
    schedule       = optional(string)
    keep_days      = optional(number, 7)
    instance_class = optional(string, "db.serverless")
    capacity       = optional(object({ min = optional(number, 1), max = optional(number, 16) }), {})
    mask_hours     = optional(number, 24)
  })
  default = null

  validation {
    condition     = var.refresh == null ? true : var.passport_public_key != null
    error_message = "passport_public_key is missing: it says whose passports are good."
  }

  validation {
    condition     = var.refresh == null ? true : can(regex("^(arn:aws[\\w-]*:rds:[a-z0-9-]+:\\d{12}:cluster:)?[A-Za-z][A-Za-z0-9-]*$", var.refresh.snapshots_of))
    error_message = "refresh.snapshots_of must be a cluster's identifier or ARN."
  }

  validation {
    condition     = var.refresh == null ? true : startswith(var.refresh.rules, "/")
    error_message = "refresh.rules must be a path in the image, from its root."
  }

  validation {
    condition     = try(var.refresh.schedule, null) == null ? true : can(regex("^\\S+( \\S+){4}$", var.refresh.schedule))
    error_message = "refresh.schedule must be five fields as cron has them."
  }

  validation {
    condition     = var.refresh == null ? true : startswith(var.refresh.instance_class, "db.")
    error_message = "refresh.instance_class must be a class of instance such as db.serverless."
  }

  validation {
    condition     = var.refresh == null ? true : var.refresh.capacity.min >= 0.5 && var.refresh.capacity.max >= 1 && var.refresh.capacity.max <= 256 && var.refresh.capacity.min <= var.refresh.capacity.max && alltrue([for units in [var.refresh.capacity.min, var.refresh.capacity.max] : floor(units * 2) == units * 2])
    error_message = "refresh.capacity must go by halves, from 0.5 to 256, a max of 1 at least and not below min."
  }

  validation {
    condition     = var.refresh == null ? true : var.refresh.keep_days >= 1 && var.refresh.keep_days <= 365 && var.refresh.mask_hours >= 1 && var.refresh.mask_hours <= 168 && alltrue([for count in [var.refresh.keep_days, var.refresh.mask_hours] : floor(count) == count])
    error_message = "refresh must have whole numbers: keep_days from 1 to 365, mask_hours from 1 to 168."
  }
}

variable "secret_arns" {
  description = "Secrets that tasks may start with, besides those named after the platform; each may end with `*`."
  type        = list(string)
  default     = []
}

variable "parameter_arns" {
  description = "Parameters that tasks may start with, besides those below the platform's name; each may end with `*`."
  type        = list(string)
  default     = []
}

variable "task_role_arn" {
  description = "The role that the application itself has; null gives it none."
  type        = string
  default     = null

  validation {
    condition     = var.task_role_arn == null ? true : can(regex("^arn:aws[\\w-]*:iam:", var.task_role_arn))
    error_message = "task_role_arn must be an ARN of IAM."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 7
}

variable "log_kms_key_arn" {
  description = "The key that every log group is encrypted with, environments' too; its policy has to let CloudWatch Logs use it: see the module cluster. Null leaves that to CloudWatch Logs."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key of KMS: CloudWatch Logs takes no alias."
  }

  validation {
    condition     = var.log_kms_key_arn == null ? true : element(split(":", var.log_kms_key_arn), 3) == var.region
    error_message = "log_kms_key_arn must be a key of ${var.region}: CloudWatch Logs uses keys of its own region."
  }
}

variable "host_template" {
  description = "How hosts are named: `{service}`, `{env}` and `{zone}` stand for what they say. Null leaves it to Mayfly."
  type        = string
  default     = null

  validation {
    condition     = var.host_template == null ? true : can(regex("\\{(service|prefix)\\}", var.host_template)) && strcontains(var.host_template, "{env}") && endswith(var.host_template, ".{zone}")
    error_message = "host_template must hold {service} and {env}, and end with .{zone}."
  }
}

variable "prices" {
  description = "What things cost here, as docs/schema/platform.schema.json has `prices`: figures of its own, a currency, or both. Null leaves it to what Mayfly knows of the region."
  type        = any
  default     = null

  validation {
    condition     = var.prices == null ? true : try(length(setsubtract(keys(var.prices), ["figures", "currency"])) == 0, false)
    error_message = "prices must hold figures, currency, or both, and nothing else."
  }
}

variable "environment_prefixes" {
  description = "What a repository's environments begin with, by `owner/name`."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for repository in keys(var.environment_prefixes) : can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", repository))]) && alltrue([for prefix in values(var.environment_prefixes) : can(regex("^[a-z][a-z0-9]*$", prefix))]) && length(distinct(values(var.environment_prefixes))) == length(var.environment_prefixes)
    error_message = "environment_prefixes must be of repositories as owner/name, and lower case letters and digits, no two the same."
  }
}

variable "limits" {
  description = "How many environments there may be, how long one lives, and how long it may be extended to; and the account's quotas of the load balancer, where they are not AWS's own."
  type = object({
    environments          = optional(number, 10)
    ttl_days              = optional(number, 7)
    max_ttl_days          = optional(number, 28)
    listener_rules        = optional(number, 100)
    listener_certificates = optional(number, 25)
  })
  default = {}

  validation {
    condition     = var.limits.environments >= 1 && var.limits.environments <= 1000 && var.limits.ttl_days >= 1 && var.limits.ttl_days <= var.limits.max_ttl_days && var.limits.listener_rules >= 1 && var.limits.listener_certificates >= 1 && alltrue([for limit in values(var.limits) : floor(limit) == limit])
    error_message = "limits must be whole numbers: 1 to 1000 environments, a day at least, a ttl_days not above max_ttl_days, and quotas of 1 or more."
  }
}

variable "platform_parameter" {
  description = "The parameter that the platform document is written to: Mayfly's PLATFORM_PARAMETER."
  type        = string
  default     = "/mayfly/platform"

  validation {
    condition     = can(regex("^/[A-Za-z0-9_./-]+$", var.platform_parameter)) && !can(regex("(?i)^/(aws|ssm)", var.platform_parameter))
    error_message = "platform_parameter must be the name of a parameter, begin with a slash, and not with aws or ssm behind it, which AWS keeps for itself."
  }
}

variable "source_secret_arns" {
  description = "Secrets that blueprints may copy into environments; each may end with `*`."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.source_secret_arns : can(regex("^arn:aws[\\w-]*:secretsmanager:[^:]+:\\d{12}:secret:[^*]+", arn))])
    error_message = "source_secret_arns must be ARNs of secrets, each with a name or the beginning of one."
  }
}

variable "source_parameter_arns" {
  description = "Parameters that blueprints may copy into environments; each may end with `*`."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.source_parameter_arns : can(regex("^arn:aws[\\w-]*:ssm:[^:]+:\\d{12}:parameter/[^*]+", arn))])
    error_message = "source_parameter_arns must be ARNs of parameters, each with a name or the beginning of one."
  }
}

variable "app" {
  description = "Mayfly itself: its image, with a tag or a digest, and the id of its GitHub App; `api` and `settings` as the module app has them. Null builds the platform without."
  type = object({
    image        = string
    app_id       = number
    architecture = optional(string, "ARM64")
    host         = optional(string)
    api          = optional(bool, false)
    settings = optional(object({
      github_api_url       = optional(string)
      trigger_label        = optional(string)
      label_permission     = optional(string)
      blueprint_path       = optional(string)
      blueprint_schema_url = optional(string)
      allowed_bots         = optional(list(string), [])
      asks_per_user        = optional(number)
      asks_per_repository  = optional(number)
      workers              = optional(number)
      sweep                = optional(string)
      sweep_grace_minutes  = optional(number)
      log_level            = optional(string)
    }), {})
  })
  default = null
}

variable "reaper" {
  description = "The function that removes what expired or was lost: the zip of its code, whether it only says what it would do, and who is told. Null builds none."
  type = object({
    package_file             = string
    dry_run                  = optional(bool, false)
    grace_minutes            = optional(number, 120)
    report_emails            = optional(list(string), [])
    slack_webhook_secret_arn = optional(string)
  })
  default = null
}

variable "shared_cache" {
  description = "A cache that environments share. `accept_sharing` says that whoever uses it knows what that means: see the module cache. Null builds none."
  type = object({
    accept_sharing = bool
    mode           = optional(string, "nodes")
  })
  default = null

  validation {
    condition     = var.shared_cache == null ? true : var.shared_cache.accept_sharing
    error_message = "shared_cache.accept_sharing must be true: environments that share a cache read each other's entries unless the application keeps them apart."
  }
}

variable "alerts" {
  description = "Who hears of alarms, by what key alerts are encrypted (null makes one), and what environments may cost in a month: as the module monitoring has them."
  type = object({
    subscriptions = optional(map(object({ protocol = string, endpoint = string })), {})
    kms_key_arn   = optional(string)
    budget = optional(object({
      limit_usd        = number
      actual_percent   = optional(list(number), [50, 80, 100])
      forecast_percent = optional(list(number), [100])
    }))
  })
  default = {}
}

variable "state_bucket" {
  description = "The bucket of Terraform's states (infra/live/state): no task reads it, and workflows may. Null where there is none."
  type        = string
  default     = null
}

variable "workflows" {
  description = "Roles for GitHub workflows, by what they do: `environment`, `images` or `platform`. Each is for one repository and one GitHub environment of it."
  type = map(object({
    repository  = string
    environment = string
  }))
  default = {}

  validation {
    condition     = alltrue([for role in keys(var.workflows) : contains(["environment", "images", "platform"], role)])
    error_message = "workflows must be of environment, images or platform: each has a policy of its own."
  }

  validation {
    condition     = var.state_bucket != null || length(setintersection(keys(var.workflows), ["environment", "platform"])) == 0
    error_message = "state_bucket is missing: the workflows environment and platform run Terraform, whose states are there."
  }
}

variable "github_provider_arn" {
  description = "The account's OIDC provider for GitHub, where there is one already; null makes it for `workflows`."
  type        = string
  default     = null
}
