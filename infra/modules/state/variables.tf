variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "bucket" {
  description = "The bucket's name, which no other account may have; null makes one of the platform's name and the account."
  type        = string
  default     = null

  validation {
    condition     = var.bucket == null ? true : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket must be 3 to 63 lower case letters, digits and inner hyphens."
  }
}

variable "kms_key_arn" {
  description = "The key that states are encrypted with; null takes S3's own. Whoever reads a state has to be allowed to use the key too."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[^:]+:\\d{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key of KMS, not of an alias."
  }
}

variable "noncurrent_days" {
  description = "How many days an overwritten or deleted version of a state is kept."
  type        = number
  default     = 90

  validation {
    condition     = var.noncurrent_days >= 1 && var.noncurrent_days <= 3650 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days must be a whole number from 1 to 3650."
  }
}

variable "protect" {
  description = "Whether the bucket refuses to be deleted while it holds a state, and its versions to be deleted by anybody."
  type        = bool
  default     = true
}

variable "roots" {
  description = "The root modules whose states go here, as paths below `infra`: each gets a key and a backend block of its own."
  type        = set(string)
  default     = ["live/state", "live/nonprod"]

  validation {
    condition     = length(var.roots) > 0 && alltrue([for root in var.roots : can(regex("^[a-z0-9-]+(/[a-z0-9-]+)*$", root))])
    error_message = "roots must be one path at least, of lower case letters, digits and hyphens between slashes."
  }
}
