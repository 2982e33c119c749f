variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "role" {
  description = "What the workflow does: the role is called `<name>-workflow-<role>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.role)) && length(var.role) <= 32
    error_message = "role must be lower case words joined by hyphens, at most 32 characters."
  }
}

variable "repository" {
  description = "The one repository whose workflows may take the role, as `owner/name`."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9](-?[A-Za-z0-9])*/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository must be one repository as owner/name, without wildcards."
  }
}

variable "environment" {
  description = "The one GitHub environment whose jobs may take the role: who may deploy to it decides who may take it."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", var.environment))
    error_message = "environment must be the name of one environment: letters, digits, dots, hyphens and underscores, without wildcards."
  }
}

variable "provider_arn" {
  description = "The account's OIDC provider for GitHub; null makes it. An account takes one."
  type        = string
  default     = null

  validation {
    condition     = var.provider_arn == null ? true : can(regex("^arn:aws[\\w-]*:iam::\\d{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.provider_arn))
    error_message = "provider_arn must be the ARN of the OIDC provider token.actions.githubusercontent.com."
  }
}

variable "policy_json" {
  description = "What the role may do."
  type        = string

  validation {
    condition     = can(jsondecode(var.policy_json).Statement) && length(replace(var.policy_json, "/\\s/", "")) <= 10240
    error_message = "policy_json must be an IAM policy of at most 10,240 characters, white space aside."
  }
}

variable "session_seconds" {
  description = "How long a session may last: the workflow ephemeral-environment asks for 5400, and AWS refuses more than is set here."
  type        = number
  default     = 5400

  validation {
    condition     = var.session_seconds >= 3600 && var.session_seconds <= 43200
    error_message = "session_seconds must be 3600 to 43200."
  }
}

variable "permissions_boundary_arn" {
  description = "A boundary that the role stays within; null sets none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:aws[\\w-]*:iam::(\\d{12}|aws):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a managed policy."
  }
}
