variable "services" {
  description = "What runs, by name, in the words of the blueprint (docs/blueprint.md). `image` is a full reference. Values of `environment`, `secrets` and `command` may hold the references that this module's README lists."
  type = map(object({
    image         = string
    port          = optional(number)
    hosts         = optional(list(string), [])
    apex          = optional(bool, false)
    listeners     = optional(list(number))
    path_patterns = optional(list(string), [])
    priority      = optional(number)
    source_cidrs  = optional(list(string), [])
    cpu           = optional(number, 256)
    memory        = optional(number, 512)
    architecture  = optional(string, "X86_64")
    count         = optional(number, 1)
    environment   = optional(map(string), {})
    secrets       = optional(map(string), {})
    command       = optional(list(string))
    health_check = optional(object({
      path                = optional(string, "/")
      matcher             = optional(string, "200-399")
      interval            = optional(number, 15)
      timeout             = optional(number, 5)
      healthy_threshold   = optional(number, 2)
      unhealthy_threshold = optional(number, 3)
      grace               = optional(number, 120)
    }), {})
  }))
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.services) : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) && length(name) <= 30])
    error_message = "services must be named by lower case letters, digits and single hyphens, beginning with a letter, at most 30."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : can(regex("^[^\\s/]+(/[^\\s/]+)*(:[\\w.-]+|@sha256:[0-9a-f]{64})$", service.image))])
    error_message = "services: an image must be a full reference, with a tag or a digest."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.port == null ? length(service.hosts) == 0 && !service.apex : service.port >= 1 && service.port <= 65535 && floor(service.port) == service.port])
    error_message = "services: a port must be from 1 to 65535, and what has a host must have one."
  }

  validation {
    condition     = alltrue(flatten([for service in values(var.services) : [for host in service.hosts : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", host))]]))
    error_message = "services: a host is the first label of a host name: lower case letters, digits and inner hyphens."
  }

  # The pairs of the ECS developer guide, task size.
  validation {
    condition = alltrue([for service in values(var.services) : contains(lookup({
      256  = [512, 1024, 2048]
      512  = range(1024, 4097, 1024)
      1024 = range(2048, 8193, 1024)
      2048 = range(4096, 16385, 1024)
      4096 = range(8192, 30721, 1024)
    }, service.cpu, []), service.memory)])
    error_message = "services: cpu and memory must be a pair that Fargate has, such as 256 and 512, up to 4096 and 30720."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : contains(["X86_64", "ARM64"], service.architecture) && service.count >= 0 && service.count <= 10 && floor(service.count) == service.count])
    error_message = "services: architecture must be X86_64 or ARM64, and count a whole number from 0 to 10."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : length(service.source_cidrs) + length(service.path_patterns) <= 4])
    error_message = "services: a rule of the load balancer takes five values, one of them a host: at most four source_cidrs and path_patterns together."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.priority == null ? true : service.priority >= 1 && service.priority <= 50000 && floor(service.priority) == service.priority])
    error_message = "services: a priority must be a whole number from 1 to 50000."
  }

  # One service may have many rules, and no two rules one number.
  validation {
    condition     = alltrue([for service in values(var.services) : service.priority == null || (length(service.hosts) + (service.apex ? 1 : 0) <= 5 - length(service.source_cidrs) - length(service.path_patterns) && length(coalesce(service.listeners, [443])) == 1)])
    error_message = "services: a priority can be given only to a service with one rule: few hosts, on one listener."
  }

  validation {
    condition     = alltrue(flatten([for service in values(var.services) : [for port in coalesce(service.listeners, []) : contains(var.platform.loadBalancer.listeners[*].port, port)]]))
    error_message = "services: listeners must be ports of the platform's load balancer."
  }

  # The limits of CreateTargetGroup (Elastic Load Balancing API reference).
  validation {
    condition = alltrue([for check in values(var.services)[*].health_check :
      can(regex("^/[!-~]*$", check.path)) && length(check.path) <= 1024 &&
      can(regex("^[2-4]\\d\\d(-[2-4]\\d\\d)?(,[2-4]\\d\\d(-[2-4]\\d\\d)?)*$", check.matcher)) &&
      check.interval >= 5 && check.interval <= 300 && check.timeout >= 2 && check.timeout <= 120 && check.timeout < check.interval &&
      min(check.healthy_threshold, check.unhealthy_threshold) >= 2 && max(check.healthy_threshold, check.unhealthy_threshold) <= 10 &&
      check.grace >= 0 && check.grace <= 7200
    ])
    error_message = "services: a health check has a path with a slash in front, a matcher such as 200-399, an interval of 5 to 300 s, a timeout of 2 to 120 s below it, thresholds of 2 to 10, and a grace of at most 7200 s."
  }

  # Two rules with the same conditions: the lower number would win, and the other never see a request.
  validation {
    condition     = length(distinct(flatten([for service in values(var.services) : [for host in concat(service.hosts, service.apex ? ["."] : []) : "${host} ${join(" ", sort(service.path_patterns))}"]]))) == length(flatten([for service in values(var.services) : concat(service.hosts, service.apex ? ["."] : [])]))
    error_message = "services: two of them have the same host and no different path_patterns."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : alltrue([for variable in concat(keys(service.environment), keys(service.secrets)) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", variable))]) && length(setintersection(keys(service.environment), keys(service.secrets))) == 0])
    error_message = "services: a variable is letters, digits and _, begins with no digit, and is set once."
  }
}
