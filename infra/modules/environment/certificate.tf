# The RFC's hosts have two labels below the zone, and a wildcard covers one (RFC 6125, 6.4.3), so an environment has a
# certificate of its own for what no certificate of the listener covers.
locals {
  uncovered = {
    for port, listener in local.listeners : port => distinct([
      for host in flatten([for service in local.public : local.hosts[service] if contains(local.ports[service], listener.port)]) : host
      if !contains(listener.certificateNames, host) && !contains(listener.certificateNames, "*.${join(".", slice(split(".", host), 1, length(split(".", host))))}")
    ]) if listener.protocol == "HTTPS"
  }
  uncovered_hosts = sort(distinct(flatten(values(local.uncovered))))

  # The environment's domain and what is one label below it; every other host by itself, as a wildcard beside the
  # environment would cover other environments too.
  below = [for host in local.uncovered_hosts : host if host == local.environment_domain || join(".", slice(split(".", host), 1, length(split(".", host)))) == local.environment_domain]
  certificate_names = concat(
    length(local.below) > 0 ? [local.environment_domain, "*.${local.environment_domain}"] : [],
    [for host in local.uncovered_hosts : host if !contains(local.below, host)],
  )
}

resource "aws_acm_certificate" "environment" {
  count = length(local.certificate_names) > 0 ? 1 : 0

  domain_name               = local.certificate_names[0]
  subject_alternative_names = slice(local.certificate_names, 1, length(local.certificate_names))
  validation_method         = "DNS"

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.name })

  lifecycle {
    # A listener's certificate cannot be deleted before another has taken its place.
    create_before_destroy = true

    precondition {
      condition     = length(local.certificate_names[0]) <= 64
      error_message = "`${local.certificate_names[0]}` is too long for a certificate, whose first name has at most 64 characters: use a shorter name."
    }
  }
}

# A name and its wildcard are validated by one and the same record, so it is made once.
resource "aws_route53_record" "validation" {
  for_each = toset([for name in local.certificate_names : trimprefix(name, "*.")])

  zone_id         = var.platform.dns.zoneId
  name            = local.validations[each.key].resource_record_name
  type            = local.validations[each.key].resource_record_type
  ttl             = 60
  records         = [local.validations[each.key].resource_record_value]
  allow_overwrite = true
}

locals {
  validations = { for option in flatten(aws_acm_certificate.environment[*].domain_validation_options) : option.domain_name => option if !startswith(option.domain_name, "*.") }
}

resource "aws_acm_certificate_validation" "environment" {
  count = length(local.certificate_names) > 0 ? 1 : 0

  certificate_arn         = aws_acm_certificate.environment[0].arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_lb_listener_certificate" "environment" {
  for_each = toset([for port, hosts in local.uncovered : port if length(hosts) > 0])

  listener_arn    = local.listeners[each.key].arn
  certificate_arn = aws_acm_certificate_validation.environment[0].certificate_arn
}
