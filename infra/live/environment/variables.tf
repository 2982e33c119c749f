variable "account_id" {
  description = "The account that this is built in. In any other, nothing is."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "account_id must be twelve digits."
  }
}

variable "region" {
  description = "The region that this is built in."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "region must be a region such as eu-west-1."
  }
}

variable "platform_parameter" {
  description = "The parameter that holds the platform document, which live/nonprod writes."
  type        = string
  default     = "/mayfly/platform"
}

variable "created_at" {
  description = "When the environment was first made, as RFC 3339 in UTC: what the platform's longest life is counted from."
  type        = string
}

variable "expires_at" {
  description = "When the environment may be removed, as RFC 3339 in UTC. It moves only when somebody gives another."
  type        = string
}

variable "branch" {
  description = "The branch that is shown, for people."
  type        = string
}

variable "commit" {
  description = "The commit that is shown, in full."
  type        = string
}

variable "repository" {
  description = "The repository that it is of, as `owner/name`."
  type        = string
}

variable "pull_request" {
  description = "The pull request that it is for; null for none."
  type        = number
  default     = null
}

variable "services" {
  description = "What runs: see the module environment, which checks it."
  type        = any
  default     = {}
}

variable "images" {
  description = "Images in place of those that `services` names, by service: what a pipeline has just built."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.images), keys(var.services))) == 0
    error_message = "images are given of services that there are not: ${join(", ", setsubtract(keys(var.images), keys(var.services)))}."
  }
}

variable "database" {
  description = "The clone of the platform's source: see the module environment. Null for none."
  type        = any
  default     = {}
}

variable "dedicated_cluster" {
  description = "Gives the environment an ECS cluster of its own: see the module environment."
  type        = any
  default     = null
}

variable "wait_for_steady_state" {
  description = "Whether an apply ends only when the services run."
  type        = bool
  default     = true
}
