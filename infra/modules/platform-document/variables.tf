variable "parameter" {
  description = "The parameter that holds the platform document, which live/nonprod writes."
  type        = string

  validation {
    condition     = can(regex("^/[A-Za-z0-9_./-]+$", var.parameter))
    error_message = "parameter must be the name of a parameter, and begin with a slash."
  }
}

variable "account_id" {
  description = "The account that the document has to be of."
  type        = string
}

variable "region" {
  description = "The region that the document has to be of."
  type        = string
}
