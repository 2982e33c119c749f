variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "subnet_ids" {
  description = "Private subnets, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(distinct(var.subnet_ids)) >= 2
    error_message = "subnet_ids must be two subnets at least: a database subnet group spans two zones."
  }
}

variable "security_group_ids" {
  description = "Security groups of the source and of its clones."
  type        = list(string)

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "security_group_ids must be one security group at least."
  }
}

variable "engine_version" {
  description = "A version of Aurora MySQL 3, which is compatible with MySQL 8.0."
  type        = string
  default     = "8.0.mysql_aurora.3.12.0"

  validation {
    condition     = can(regex("^8\\.0\\.mysql_aurora\\.3\\.[0-9]+\\.[0-9]+$", var.engine_version))
    error_message = "engine_version must be a version of Aurora MySQL 3, such as 8.0.mysql_aurora.3.12.0."
  }
}

variable "database_name" {
  description = "The database that the cluster begins with."
  type        = string
  default     = "app"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_]{0,63}$", var.database_name))
    error_message = "database_name must be letters, digits and underscores, beginning with a letter, at most 64."
  }
}

variable "master_username" {
  description = "The master user. RDS makes its password and keeps it in Secrets Manager."
  type        = string
  default     = "admin"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_]{0,31}$", var.master_username))
    error_message = "master_username must be letters, digits and underscores, beginning with a letter, at most 32."
  }
}

variable "parameters" {
  description = "Parameters of the cluster parameter group, which clones have too."
  type        = map(string)
  default     = {}
}

variable "capacity" {
  description = "Aurora capacity units of the one instance. The least is above 0: a source that pauses itself would have to be woken."
  type = object({
    min = number
    max = number
  })
  default = { min = 0.5, max = 2 }

  validation {
    condition     = var.capacity.min >= 0.5 && var.capacity.max >= 1 && var.capacity.max <= 256 && var.capacity.min <= var.capacity.max && floor(var.capacity.min * 2) == var.capacity.min * 2 && floor(var.capacity.max * 2) == var.capacity.max * 2
    error_message = "capacity must be from 0.5 to 256 in steps of a half, its max 1 at least and not below its min."
  }
}

variable "backup_retention_days" {
  description = "How long backups are kept."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35 && floor(var.backup_retention_days) == var.backup_retention_days
    error_message = "backup_retention_days must be a whole number from 1 to 35."
  }
}

variable "kms_key_arn" {
  description = "The key that the storage is encrypted with; null takes the account's own for RDS."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be an ARN of KMS."
  }
}

variable "deletion_protection" {
  description = "Whether the cluster refuses to be deleted. Where it does, its deletion also leaves a snapshot."
  type        = bool
  default     = true
}
