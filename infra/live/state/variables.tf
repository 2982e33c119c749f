variable "name" {
  description = "The platform's name, which the bucket's name begins with."
  type        = string
  default     = "nonprod"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
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
  description = "The region that the bucket is in."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "region must be a region such as eu-west-1."
  }
}

variable "kms_key_arn" {
  description = "The key that states are encrypted with; null takes S3's own."
  type        = string
  default     = null
}

variable "protect" {
  description = "Whether the bucket refuses to be deleted while it holds a state, and its versions to be deleted by anybody."
  type        = bool
  default     = true
}
