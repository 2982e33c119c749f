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
