variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "subnet_ids" {
  description = "Public subnets, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(distinct(var.subnet_ids)) >= 2
    error_message = "subnet_ids must be two subnets at least: a load balancer spans two zones."
  }
}

variable "security_group_ids" {
  description = "The load balancer's own security groups."
  type        = list(string)

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "security_group_ids must be one security group at least."
  }
}

variable "certificate_arn" {
  description = "The HTTPS listener's default certificate, which has to be issued."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[\\w-]*:acm:", var.certificate_arn))
    error_message = "certificate_arn must be an ARN of ACM."
  }
}

variable "deletion_protection" {
  description = "Whether the load balancer refuses to be deleted."
  type        = bool
  default     = true
}

variable "idle_timeout_seconds" {
  description = "How long a connection may be silent."
  type        = number
  default     = 60

  validation {
    condition     = var.idle_timeout_seconds >= 1 && var.idle_timeout_seconds <= 4000 && floor(var.idle_timeout_seconds) == var.idle_timeout_seconds
    error_message = "idle_timeout_seconds must be a whole number from 1 to 4000."
  }
}

variable "ssl_policy" {
  description = "The HTTPS listener's security policy: what of TLS it speaks."
  type        = string
  default     = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html: what takes TLS 1.2 at least,
  # with forward secrecy only.
  validation {
    condition = contains([
      "ELBSecurityPolicy-TLS13-1-3-2021-06",
      "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
      "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
      "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    ], var.ssl_policy)
    error_message = "ssl_policy must be one of AWS's policies of TLS 1.2 and 1.3, such as ELBSecurityPolicy-TLS13-1-2-2021-06; older TLS and ciphers without forward secrecy are not offered."
  }
}

variable "certificate_arns" {
  description = "Further certificates of the HTTPS listener, by a key that is known before they are made. A load balancer holds 25."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.certificate_arns) <= 25 && alltrue([for arn in values(var.certificate_arns) : can(regex("^arn:aws[\\w-]*:acm:", arn))])
    error_message = "certificate_arns must be at most 25 ARNs of ACM."
  }
}

variable "access_logs" {
  description = "Where every request is logged: a bucket of that name is made, or, with `create = false`, one is used that is there and lets the load balancer write. Null logs nothing."
  type = object({
    bucket         = string
    prefix         = optional(string)
    create         = optional(bool, true)
    retention_days = optional(number, 30)
  })
  default = null

  validation {
    condition     = var.access_logs == null ? true : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.access_logs.bucket))
    error_message = "access_logs must name a bucket of 3 to 63 lower case letters, digits and inner hyphens."
  }

  # "The prefix ... must not include the bucket name or AWSLogs" (enable-access-logging.html).
  validation {
    condition     = try(var.access_logs.prefix, null) == null ? true : can(regex("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", var.access_logs.prefix)) && !strcontains(var.access_logs.prefix, "AWSLogs")
    error_message = "access_logs must have a prefix without a slash at its ends and without AWSLogs in it."
  }

  validation {
    condition     = var.access_logs == null ? true : var.access_logs.retention_days >= 1 && floor(var.access_logs.retention_days) == var.access_logs.retention_days
    error_message = "access_logs must be kept for a whole number of days, one at least."
  }
}

variable "authentication" {
  description = "The Cognito user pool whose people alone see environments; null lets everybody. Services whose sourceCidrs are within trusted_cidrs, the addresses of machines, are let through."
  type = object({
    user_pool_arn       = string
    user_pool_client_id = string
    user_pool_domain    = string
    trusted_cidrs       = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.authentication == null ? true : can(regex("^arn:aws[\\w-]*:cognito-idp:[^:]+:\\d{12}:userpool/", var.authentication.user_pool_arn)) && length(var.authentication.user_pool_client_id) > 0
    error_message = "authentication must have the ARN of a Cognito user pool and the id of a client of it."
  }

  validation {
    condition     = var.authentication == null ? true : can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.authentication.user_pool_domain))
    error_message = "authentication must have the user pool's domain: its prefix, or its own domain name, without https://."
  }

  validation {
    condition     = var.authentication == null ? true : alltrue([for cidr in var.authentication.trusted_cidrs : can(cidrnetmask(cidr)) && !endswith(cidr, "/0")])
    error_message = "authentication must have trusted_cidrs of IPv4 networks such as 10.0.0.0/16, and not of everybody."
  }
}
