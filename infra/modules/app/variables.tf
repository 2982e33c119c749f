variable "name" {
  description = "The platform's name, which every name here begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 16
    error_message = "name must be lower case words joined by hyphens, each beginning with a letter, at most 16 characters."
  }
}

variable "vpc_id" {
  description = "The VPC of the subnets and of the load balancer."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-z]+$", var.vpc_id))
    error_message = "vpc_id must be an id such as vpc-0abc."
  }
}

variable "subnet_ids" {
  description = "Private subnets with a way out, in two zones at least, for tasks and the database."
  type        = list(string)

  validation {
    condition     = length(distinct(var.subnet_ids)) >= 2
    error_message = "subnet_ids must be two subnets at least: a database subnet group spans two zones."
  }
}

variable "cluster_arn" {
  description = "The ECS cluster that Mayfly itself runs on; the one of the environments will do."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[\\w-]*:ecs:[^:]+:\\d{12}:cluster/[^/]+$", var.cluster_arn))
    error_message = "cluster_arn must be an ARN of an ECS cluster."
  }
}

variable "load_balancer" {
  description = "The shared load balancer: itself, its HTTPS listener, its DNS name with that name's zone, and its security group, which is given a way to Mayfly."
  type = object({
    arn               = string
    listener_arn      = string
    dns_name          = string
    zone_id           = string
    security_group_id = string
  })

  validation {
    condition     = can(regex("^arn:aws[\\w-]*:elasticloadbalancing:[^:]+:\\d{12}:loadbalancer/app/", var.load_balancer.arn)) && can(regex("^arn:aws[\\w-]*:elasticloadbalancing:[^:]+:\\d{12}:listener/app/", var.load_balancer.listener_arn))
    error_message = "load_balancer.arn and load_balancer.listener_arn must be ARNs of an application load balancer and of a listener of its."
  }

  validation {
    condition     = can(regex("^sg-[0-9a-z]+$", var.load_balancer.security_group_id))
    error_message = "load_balancer.security_group_id must be an id such as sg-0abc."
  }
}

variable "listener_rule_priority" {
  description = "The priority of Mayfly's own rule on the listener. Those of environments begin at 100."
  type        = number
  default     = 10

  validation {
    condition     = var.listener_rule_priority >= 1 && var.listener_rule_priority <= 99 && floor(var.listener_rule_priority) == var.listener_rule_priority
    error_message = "listener_rule_priority must be a whole number from 1 to 99: environments have those from 100 on."
  }
}

variable "zone" {
  description = "The hosted zone of environments, by its id and by its name without a dot at the end."
  type = object({
    id   = string
    name = string
  })

  validation {
    condition     = can(regex("^[A-Z0-9]+$", var.zone.id)) && can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.zone.name))
    error_message = "zone must have an id such as Z0ABC, without /hostedzone/ in front, and a name in lower case without a dot at its end."
  }
}

variable "host" {
  description = "Where GitHub sends webhooks to; null takes `mayfly.<zone>`. A host outside the zone gets no record here, and has to be on a certificate of the listener."
  type        = string
  default     = null

  validation {
    condition     = var.host == null ? true : can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.host))
    error_message = "host must be a host name in lower case, without a dot at its end."
  }
}

variable "image" {
  description = "Mayfly's image, with a tag or a digest. From ECR, the role that starts tasks may pull just this repository; from elsewhere it has to be public."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.:_/-]*(:[\\w][\\w.-]{0,127}|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must end with a tag other than latest, or with a digest: what runs has to be told from what ran before."
  }
}

variable "architecture" {
  description = "What the image is built for: ARM64, which costs less, or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64."
  }
}

variable "user" {
  description = "Who Mayfly runs as in its container, by number; the image's own user by default."
  type        = string
  default     = "10001:10001"

  validation {
    condition     = can(regex("^[1-9][0-9]*(:[1-9][0-9]*)?$", var.user))
    error_message = "user must be a user's number, with a group's if you like, and not root's."
  }
}

variable "app_id" {
  description = "The GitHub App's id, from its settings page."
  type        = number

  validation {
    condition     = var.app_id >= 1 && floor(var.app_id) == var.app_id
    error_message = "app_id must be a whole number."
  }
}

variable "platform_parameter" {
  description = "The parameter that holds the platform document. One of `policies` has to allow reading it."
  type        = string
  default     = "/mayfly/platform"

  validation {
    condition     = can(regex("^/[A-Za-z0-9_./-]+$", var.platform_parameter))
    error_message = "platform_parameter must be the name of a parameter, and begin with a slash."
  }
}

variable "api" {
  description = "Whether `GET /api/environments` is let through, for who sends the token: then there is a third secret, `api-token`, to put a value into."
  type        = bool
  default     = false
  nullable    = false
}

variable "settings" {
  description = "What Mayfly is told besides, as `.env.example` explains it. What is left out has Mayfly's own default."
  type = object({
    github_api_url       = optional(string)
    trigger_label        = optional(string)
    label_permission     = optional(string)
    blueprint_path       = optional(string)
    blueprint_schema_url = optional(string)
    allowed_bots         = optional(list(string), [])
    asks_per_user        = optional(number)
    asks_per_repository  = optional(number)
    workers              = optional(number)
    sweep                = optional(string)
    sweep_grace_minutes  = optional(number)
    log_level            = optional(string)
  })
  default = {}

  validation {
    condition     = alltrue([for url in [var.settings.github_api_url, var.settings.blueprint_schema_url] : url == null ? true : can(regex("^https?://[^\\s]+$", url))])
    error_message = "settings.github_api_url and settings.blueprint_schema_url must be http or https URLs."
  }

  validation {
    condition     = var.settings.trigger_label == null ? true : length(var.settings.trigger_label) >= 1 && length(var.settings.trigger_label) <= 50
    error_message = "settings.trigger_label must be 1 to 50 characters."
  }

  validation {
    condition     = var.settings.label_permission == null ? true : contains(["triage", "write"], var.settings.label_permission)
    error_message = "settings.label_permission must be triage or write."
  }

  validation {
    condition     = var.settings.blueprint_path == null ? true : can(regex("^[\\w.-][\\w./-]*\\.ya?ml$", var.settings.blueprint_path))
    error_message = "settings.blueprint_path must be the path of a YAML file in a repository."
  }

  validation {
    condition     = alltrue([for login in var.settings.allowed_bots : can(regex("^[A-Za-z0-9-]+(\\[bot\\])?$", login))])
    error_message = "settings.allowed_bots must be logins, such as renovate[bot]."
  }

  validation {
    condition     = alltrue([for asks in [var.settings.asks_per_user, var.settings.asks_per_repository] : asks == null ? true : asks >= 1 && asks <= 1000000 && floor(asks) == asks])
    error_message = "settings.asks_per_user and settings.asks_per_repository must be whole numbers from 1 to 1000000."
  }

  validation {
    condition     = var.settings.workers == null ? true : var.settings.workers >= 1 && var.settings.workers <= 100 && floor(var.settings.workers) == var.settings.workers
    error_message = "settings.workers must be a whole number from 1 to 100."
  }

  validation {
    condition     = var.settings.sweep == null ? true : contains(["on", "dry-run", "off"], var.settings.sweep)
    error_message = "settings.sweep must be on, dry-run or off."
  }

  validation {
    condition     = var.settings.sweep_grace_minutes == null ? true : var.settings.sweep_grace_minutes >= 1 && var.settings.sweep_grace_minutes <= 10080 && floor(var.settings.sweep_grace_minutes) == var.settings.sweep_grace_minutes
    error_message = "settings.sweep_grace_minutes must be a whole number from 1 to 10080."
  }

  validation {
    condition     = var.settings.log_level == null ? true : contains(["trace", "debug", "info", "warn", "error", "silent"], var.settings.log_level)
    error_message = "settings.log_level must be trace, debug, info, warn, error or silent."
  }
}

variable "web" {
  description = "The service that answers GitHub: a task's size, how many, and what makes more of them."
  type = object({
    cpu                 = optional(number, 256)
    memory              = optional(number, 512)
    min_tasks           = optional(number, 2)
    max_tasks           = optional(number, 4)
    cpu_percent         = optional(number, 60)
    requests_per_minute = optional(number, 600)
  })
  default = {}

  validation {
    condition     = var.web.min_tasks >= 1 && var.web.min_tasks <= var.web.max_tasks && var.web.max_tasks <= 20
    error_message = "web must have 1 to 20 tasks, its min_tasks not above its max_tasks."
  }

  validation {
    condition     = var.web.cpu_percent >= 10 && var.web.cpu_percent <= 90 && var.web.requests_per_minute >= 1
    error_message = "web.cpu_percent must be from 10 to 90, and web.requests_per_minute 1 at least."
  }

  # Fargate's sizes: the ECS developer guide's page on task definition parameters.
  validation {
    condition     = contains(lookup({ 256 = [512, 1024, 2048], 512 = [1024, 2048, 3072, 4096], 1024 = [2048, 3072, 4096, 5120, 6144, 7168, 8192] }, var.web.cpu, []), var.web.memory)
    error_message = "web must be of a size that Fargate has: 256 with 512, 1024 or 2048 MiB, 512 with 1 to 4 GiB, 1024 with 2 to 8 GiB."
  }
}

variable "worker" {
  description = "The service that works on AWS: a task's size, how many, and what makes more of them. At least one is always there, or nothing is ever removed."
  type = object({
    cpu         = optional(number, 512)
    memory      = optional(number, 1024)
    min_tasks   = optional(number, 1)
    max_tasks   = optional(number, 2)
    cpu_percent = optional(number, 70)
  })
  default = {}

  validation {
    condition     = var.worker.min_tasks >= 1 && var.worker.min_tasks <= var.worker.max_tasks && var.worker.max_tasks <= 20
    error_message = "worker must have 1 to 20 tasks, its min_tasks not above its max_tasks."
  }

  validation {
    condition     = var.worker.cpu_percent >= 10 && var.worker.cpu_percent <= 90
    error_message = "worker.cpu_percent must be from 10 to 90."
  }

  validation {
    condition     = contains(lookup({ 256 = [512, 1024, 2048], 512 = [1024, 2048, 3072, 4096], 1024 = [2048, 3072, 4096, 5120, 6144, 7168, 8192] }, var.worker.cpu, []), var.worker.memory)
    error_message = "worker must be of a size that Fargate has: 256 with 512, 1024 or 2048 MiB, 512 with 1 to 4 GiB, 1024 with 2 to 8 GiB."
  }
}

variable "policies" {
  description = "What Mayfly may do in AWS: policy documents by what they are about, such as `databases`. `infra/policies` renders them. Each is a managed policy, of at most 6,144 characters, and a role takes ten."
  type        = map(string)

  validation {
    condition     = length(var.policies) >= 1 && length(var.policies) <= 10 && alltrue([for policy in values(var.policies) : can(jsondecode(policy).Statement) && length(replace(policy, "/\\s/", "")) <= 6144])
    error_message = "policies must be one to ten policy documents with statements, each of at most 6,144 characters, white space aside."
  }

  validation {
    condition     = alltrue([for name in keys(var.policies) : can(regex("^[a-z][a-z0-9-]*$", name))])
    error_message = "policies must be named by lower case words joined by hyphens."
  }
}

variable "permissions_boundary_arn" {
  description = "The boundary of Mayfly's role: what it may never do, whatever its policies say. It has to allow reading the database's secret. Null sets none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:aws[\\w-]*:iam::(\\d{12}|aws):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be an ARN of an IAM policy."
  }
}

variable "database" {
  description = "The Postgres that is made, unless one is given by `existing_database`."
  type = object({
    engine_version        = optional(string, "17")
    instance_class        = optional(string, "db.t4g.small")
    storage_gb            = optional(number, 20)
    max_storage_gb        = optional(number, 100)
    multi_az              = optional(bool, false)
    backup_retention_days = optional(number, 7)
    connections_alarm     = optional(number, 120)
  })
  default = {}

  validation {
    condition     = can(regex("^1[4-9](\\.[0-9]+)?$", var.database.engine_version))
    error_message = "database.engine_version must be a version of Postgres from 14 on, such as 17 or 17.5; a major version alone leaves the minor one to RDS."
  }

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.database.instance_class))
    error_message = "database.instance_class must be a class such as db.t4g.small."
  }

  # RDS takes no less than 20 GiB of gp3, and a growth of a tenth at least.
  validation {
    condition     = var.database.storage_gb >= 20 && var.database.max_storage_gb >= var.database.storage_gb * 1.1
    error_message = "database.storage_gb must be 20 at least, and database.max_storage_gb a tenth above it."
  }

  validation {
    condition     = var.database.backup_retention_days >= 1 && var.database.backup_retention_days <= 35 && floor(var.database.backup_retention_days) == var.database.backup_retention_days
    error_message = "database.backup_retention_days must be a whole number from 1 to 35."
  }

  validation {
    condition     = var.database.connections_alarm >= 1
    error_message = "database.connections_alarm must be 1 at least."
  }
}

variable "database_ca_file" {
  description = "Where the image has the certificates of RDS, in PEM: the server of the database made here and those of clones have to prove themselves by them."
  type        = string
  default     = "/etc/ssl/rds/global-bundle.pem"

  validation {
    condition     = can(regex("^/[\\w./-]+$", var.database_ca_file))
    error_message = "database_ca_file must be an absolute path."
  }
}

variable "clone_security_group_ids" {
  description = "The security groups of clones, each of which is given a rule for Mayfly at port 3306. Without one, Mayfly reaches no clone: who is connected and what migrations change is not told, and `database.credentials: user` makes no user."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.clone_security_group_ids : can(regex("^sg-[0-9a-z]+$", id))])
    error_message = "clone_security_group_ids must be ids such as sg-0abc."
  }
}

variable "existing_database" {
  description = "A Postgres from 13 on that is there already: a secret that holds its whole URL, as text, its security group, which is given a rule for Mayfly, and its port. Null makes one."
  type = object({
    url_secret_arn    = string
    security_group_id = string
    port              = optional(number, 5432)
  })
  default = null

  validation {
    condition     = var.existing_database == null ? true : can(regex("^arn:aws[\\w-]*:secretsmanager:[^:]+:\\d{12}:secret:[^*]+$", var.existing_database.url_secret_arn))
    error_message = "existing_database.url_secret_arn must be an ARN of a secret."
  }

  validation {
    condition     = var.existing_database == null ? true : can(regex("^sg-[0-9a-z]+$", var.existing_database.security_group_id)) && var.existing_database.port >= 1 && var.existing_database.port <= 65535
    error_message = "existing_database must have a security group such as sg-0abc, and a port."
  }
}

variable "kms_key_arn" {
  description = "The key that secrets and the database are encrypted with, that of an existing database's URL too; null takes the account's own for each service."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be an ARN of KMS."
  }
}

variable "deletion_protection" {
  description = "Whether the database refuses to be deleted. Where it does, its deletion also leaves a snapshot."
  type        = bool
  default     = true
}

variable "secret_recovery_days" {
  description = "How long a deleted secret can be had back, and holds its name; 0 deletes at once."
  type        = number
  default     = 7

  validation {
    condition     = var.secret_recovery_days == 0 || (var.secret_recovery_days >= 7 && var.secret_recovery_days <= 30)
    error_message = "secret_recovery_days must be 0, or from 7 to 30."
  }
}

variable "log_retention_days" {
  description = "How long Mayfly's own logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "The key that Mayfly's own logs are encrypted with; its policy has to let CloudWatch Logs use it: see the module cluster. Null leaves that to CloudWatch Logs."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:aws[\\w-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key of KMS: CloudWatch Logs takes no alias."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that are told of alarms, and of their ends. Without any, alarms are only seen by who looks."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:aws[\\w-]*:sns:", arn))])
    error_message = "alarm_topic_arns must be ARNs of SNS topics."
  }
}
