variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "vpc_id" {
  description = "The network of sources."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-z]+$", var.vpc_id))
    error_message = "vpc_id must be an id such as vpc-0abc."
  }
}

variable "database_security_group_id" {
  description = "The group of sources, which is told to let the task in."
  type        = string

  validation {
    condition     = can(regex("^sg-[0-9a-z]+$", var.database_security_group_id))
    error_message = "database_security_group_id must be an id such as sg-0abc."
  }
}

variable "image" {
  description = "Mayfly's image with your rules in it, with a tag or a digest."
  type        = string

  validation {
    condition     = can(regex("^[^\\s:@]+(:\\d+)?[^\\s:@]*(:[\\w.-]+|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must have a tag or a digest, and not the tag latest: what masked a source has to be known."
  }
}

variable "architecture" {
  description = "Of the image: ARM64 or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64."
  }
}

variable "size" {
  description = "Of the task. The database does the work, so more of it is of no use to speed."
  type        = object({ cpu = optional(number, 1024), memory = optional(number, 2048) })
  default     = {}

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.size.cpu) && var.size.memory >= 512 && var.size.memory <= 30720
    error_message = "size must be one that Fargate has: cpu 256, 512, 1024, 2048 or 4096, and memory to go with it."
  }
}

variable "container" {
  description = "The name of its container, as the platform document has it."
  type        = string
  default     = "anonymise"

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.container))
    error_message = "container must be letters, digits, hyphens and underscores."
  }
}

variable "user" {
  description = "Whom the process runs as; never root."
  type        = string
  default     = "10001:10001"

  validation {
    condition     = can(regex("^[1-9]\\d*(:[1-9]\\d*)?$", var.user))
    error_message = "user must be numbers, and not root's."
  }
}

variable "log_retention_days" {
  description = "How long the task's log is kept. Mayfly reads the passport there within minutes, and keeps it itself."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "The key that the task's log is encrypted with; its policy has to let CloudWatch Logs use it: see the module cluster. Null leaves that to CloudWatch Logs."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key of KMS: CloudWatch Logs takes no alias."
  }
}

variable "kms_key_arn" {
  description = "The key that the secrets are encrypted with; null is the account's own for Secrets Manager."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key of KMS."
  }
}

variable "secret_recovery_days" {
  description = "How long a deleted secret can be had back; 0 deletes at once."
  type        = number
  default     = 7

  validation {
    condition     = var.secret_recovery_days == 0 || (var.secret_recovery_days >= 7 && var.secret_recovery_days <= 30)
    error_message = "secret_recovery_days must be 0, or from 7 to 30."
  }
}
