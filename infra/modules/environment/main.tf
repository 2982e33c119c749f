locals {
  domain = jsondecode(file("${path.module}/../../domain.json"))
  names  = local.domain.names

  environment_domain = "${var.name}.${var.platform.dns.zone}"

  # What src/domain/tags.ts writes, less the name, which each resource adds. A tag without a value is left out.
  tags = {
    for key, value in {
      (local.domain.tagKeys.environment)  = var.name
      (local.domain.tagKeys.ttl)          = var.expires_at
      (local.domain.tagKeys.branch)       = var.branch
      (local.domain.tagKeys.ephemeralEnv) = local.domain.tagMarks.ephemeralEnv
      (local.domain.tagKeys.repository)   = var.repository
      (local.domain.tagKeys.pullRequest)  = var.pull_request == null ? null : tostring(var.pull_request)
      (local.domain.tagKeys.commit)       = var.commit
      (local.domain.tagKeys.managedBy)    = local.domain.tagMarks.managedBy
    } : key => value if value != null
  }
}

locals {
  # A chosen name may end as another's service begins: `demo-web` and service `api`, `demo` and service `web-api`. So each
  # name ends in a digest of its parts. It also keeps them apart from the platform's own, such as its source.
  name = "${var.platform.name}-${var.name}-${substr(sha256("${var.platform.name}/${var.name}"), 0, 8)}"

  digests       = { for service in keys(var.services) : service => substr(sha256("${var.platform.name}/${var.name}/${service}"), 0, 8) }
  service_names = { for service, digest in local.digests : service => "${var.platform.name}-${var.name}-${service}-${digest}" }

  # 32 characters (CreateTargetGroup), the hyphen and the digest included. A port cannot be changed, so another is another group.
  target_group_names = {
    for service in local.public : service => format("%s-%s",
      replace(substr("${var.platform.name}-${var.name}-${service}", 0, 23), "/-+$/", ""),
      substr(sha256("${var.platform.name}/${var.name}/${service}/${var.services[service].port}"), 0, 8),
    )
  }

  # The groups that the execution role may write to, and the secrets that it may read, are below these.
  log_group_names = { for service in keys(var.services) : service => "/mayfly/${var.platform.name}/${var.name}/${service}" }
  secret_name     = "${var.platform.name}/${var.name}/database"
}

locals {
  # A service that cannot be reached has no target group, no rule and no record.
  public = toset([for service, wanted in var.services : service if length(local.hosts[service]) > 0])

  hosts = {
    for service, wanted in var.services : service => concat(
      [
        for host in wanted.hosts : lower(replace(replace(replace(replace(
        var.platform.hostTemplate, "{service}", host), "{prefix}", host), "{env}", var.name), "{zone}", var.platform.dns.zone))
      ],
      wanted.apex ? [lower(local.environment_domain)] : [],
    )
  }

  # Listeners a public service answers on: those it names, else those that speak HTTPS, else all.
  secure_ports = [for listener in var.platform.loadBalancer.listeners : listener.port if listener.protocol == "HTTPS"]
  every_port   = var.platform.loadBalancer.listeners[*].port
  listeners    = { for listener in var.platform.loadBalancer.listeners : listener.port => listener }
  ports = {
    for service in local.public : service => var.services[service].listeners != null ? var.services[service].listeners : length(local.secure_ports) > 0 ? local.secure_ports : local.every_port
  }
}
