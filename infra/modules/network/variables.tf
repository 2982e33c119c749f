variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "existing" {
  description = "A VPC that is there already, with its subnets; null makes one."
  type = object({
    vpc_id             = string
    public_subnet_ids  = list(string)
    private_subnet_ids = list(string)
  })
  default = null

  validation {
    condition     = var.existing == null ? true : can(regex("^vpc-[0-9a-z]+$", var.existing.vpc_id))
    error_message = "existing.vpc_id must be an id such as vpc-0abc."
  }

  validation {
    condition = var.existing == null ? true : alltrue([
      for subnets in [var.existing.public_subnet_ids, var.existing.private_subnet_ids] :
      length(distinct(subnets)) >= 2 && alltrue([for id in subnets : can(regex("^subnet-[0-9a-z]+$", id))])
    ])
    error_message = "existing needs two public and two private subnets at least: a load balancer and a database subnet group each span two zones."
  }
}

variable "cidr_block" {
  description = "The addresses of a VPC made here; four subnets are cut from it, each a sixteenth of it."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr_block, 0)) && can(regex("/(1[6-9]|2[0-2])$", var.cidr_block))
    error_message = "cidr_block must be an IPv4 block between /16 and /22: a service's task takes an address of its own."
  }
}

variable "ingress_cidr_blocks" {
  description = "Who may reach the load balancer."
  type        = list(string)
  default     = ["0.0.0.0/0"]

  validation {
    condition     = length(var.ingress_cidr_blocks) > 0 && alltrue([for block in var.ingress_cidr_blocks : can(cidrhost(block, 0))])
    error_message = "ingress_cidr_blocks must be CIDR blocks, one at least."
  }
}
