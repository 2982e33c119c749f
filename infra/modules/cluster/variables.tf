variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "repository_arns" {
  description = "ECR repositories that tasks may pull from; null means all of this account and region."
  type        = list(string)
  default     = null

  validation {
    condition     = var.repository_arns == null ? true : length(var.repository_arns) > 0 && alltrue([for arn in var.repository_arns : can(regex("^arn:aws[\\w-]*:ecr:", arn))])
    error_message = "repository_arns must be ARNs of ECR repositories, one at least, or null."
  }
}

variable "secret_arns" {
  description = "Secrets that tasks may start with, besides those named after the platform; each may end with `*`."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.secret_arns : can(regex("^arn:aws[\\w-]*:secretsmanager:[^:]+:\\d{12}:secret:[^*]+", arn))])
    error_message = "secret_arns must be ARNs of secrets, each with a name or the beginning of one."
  }
}

variable "parameter_arns" {
  description = "Parameters that tasks may start with, besides those below the platform's name; each may end with `*`."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.parameter_arns : can(regex("^arn:aws[\\w-]*:ssm:[^:]+:\\d{12}:parameter/[^*]+", arn))])
    error_message = "parameter_arns must be ARNs of parameters, each with a name or the beginning of one."
  }
}

variable "kms_key_arns" {
  description = "Keys that those secrets and parameters are encrypted with, where they are not the account's own for the service."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.kms_key_arns : can(regex("^arn:aws[\\w-]*:kms:", arn))])
    error_message = "kms_key_arns must be ARNs of KMS keys."
  }
}

variable "container_insights" {
  description = "Whether the cluster's metrics go to Container Insights, which costs by the metric."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long the logs of the cluster itself, and of environments, are kept."
  type        = number
  default     = 7

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "The key that the cluster's own logs are encrypted with, ECS Exec's among them; its policy has to let CloudWatch Logs use it: see the README. Null leaves that to CloudWatch Logs."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key of KMS: CloudWatch Logs takes no alias."
  }
}
