variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "environment" {
  description = "The environment that the cache is for, and no other; null makes one that all share."
  type        = string
  default     = null

  # A replication group's id has 40 characters at most.
  validation {
    condition     = var.environment == null ? true : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.environment)) && length(var.environment) <= 16
    error_message = "environment must be lower case words joined by hyphens, beginning with a letter, at most 16 characters."
  }
}

variable "accept_sharing" {
  description = "True where environments are to share the cache, to say that whoever uses it knows: all read and write the same keys, so one is served another's entries unless the application puts its environment's name in front of each; and a flush in one empties all."
  type        = bool
  default     = false

  validation {
    condition     = var.accept_sharing || var.environment != null
    error_message = "accept_sharing must be true for a cache without an environment. An application that cannot prefix its keys needs a cache for each environment (see this module's README)."
  }
}

variable "mode" {
  description = "serverless, which is paid by what is stored and done and has a least price, or nodes, which are paid by the hour."
  type        = string
  default     = "nodes"

  validation {
    condition     = contains(["serverless", "nodes"], var.mode)
    error_message = "mode must be serverless or nodes."
  }
}

variable "engine" {
  description = "valkey, which costs less, or redis."
  type        = string
  default     = "valkey"

  validation {
    condition     = contains(["valkey", "redis"], var.engine)
    error_message = "engine must be valkey or redis."
  }
}

variable "engine_version" {
  description = "The engine's version. Serverless takes its major part alone."
  type        = string
  default     = "8.0"

  validation {
    condition     = can(regex(var.engine == "redis" ? "^7\\.[01]$" : "^(7\\.2|8\\.[0-9])$", var.engine_version))
    error_message = "engine_version must be 7.2 or from 8.0 on for valkey, and 7.0 or 7.1 for redis."
  }
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-z]+$", var.vpc_id))
    error_message = "vpc_id must be an id such as vpc-0abc."
  }
}

variable "subnet_ids" {
  description = "Private subnets, in two zones at least; serverless takes no more than three."
  type        = list(string)

  validation {
    condition     = length(distinct(var.subnet_ids)) >= 2 && (var.mode == "nodes" || length(distinct(var.subnet_ids)) <= 3)
    error_message = "subnet_ids must be two subnets at least, and at most three for a serverless cache."
  }
}

variable "client_security_group_ids" {
  description = "Security groups of what may connect: the services of environments."
  type        = list(string)

  validation {
    condition     = length(var.client_security_group_ids) > 0 && alltrue([for id in var.client_security_group_ids : can(regex("^sg-[0-9a-z]+$", id))])
    error_message = "client_security_group_ids must be ids such as sg-0abc, one at least."
  }
}

variable "node_type" {
  description = "The size of a node."
  type        = string
  default     = "cache.t4g.micro"

  validation {
    condition     = can(regex("^cache\\.[a-z0-9]+\\.[a-z0-9]+$", var.node_type))
    error_message = "node_type must be a type such as cache.t4g.micro."
  }
}

variable "node_count" {
  description = "How many nodes: with one, its loss empties the cache and stops it for minutes; from two on another zone's takes over."
  type        = number
  default     = 1

  validation {
    condition     = var.node_count >= 1 && var.node_count <= 6 && floor(var.node_count) == var.node_count
    error_message = "node_count must be a whole number from 1 to 6."
  }
}

variable "eviction_policy" {
  description = "What a full cache of nodes forgets. Serverless takes no policy: full, it forgets what expires, longest unused first, and then refuses writes (ElastiCache guide, scaling)."
  type        = string
  default     = "allkeys-lru"

  validation {
    condition     = contains(["allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"], var.eviction_policy)
    error_message = "eviction_policy must be one that forgets: with noeviction a full cache fails every environment at once."
  }
}

variable "serverless_limits" {
  description = "What a serverless cache may grow to: GB stored, and ElastiCache processing units a second."
  type = object({
    storage_gb      = optional(number, 1)
    ecpu_per_second = optional(number, 1000)
  })
  default = {}

  # CreateServerlessCache, CacheUsageLimits.
  validation {
    condition     = var.serverless_limits.storage_gb >= 1 && var.serverless_limits.storage_gb <= 5000 && var.serverless_limits.ecpu_per_second >= 1000 && var.serverless_limits.ecpu_per_second <= 15000000
    error_message = "serverless_limits must be from 1 to 5000 GB, and from 1000 to 15000000 units a second."
  }
}

variable "kms_key_arn" {
  description = "The key that the cache is encrypted with; null takes ElastiCache's own."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be an ARN of KMS."
  }
}
