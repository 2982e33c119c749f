# Ten names a certificate, which is what ACM takes by default (ACM quotas).
locals {
  inverted_groups = { for index, services in chunklist(sort(var.inverted_services), 10) : tostring(index) => services }
  inverted_group  = merge([for group, services in local.inverted_groups : { for service in services : service => group }]...)
  inverted_names  = [for service in sort(var.inverted_services) : "*.${service}.${local.zone}"]
}

resource "aws_acm_certificate" "inverted" {
  for_each = local.inverted_groups

  domain_name               = "*.${each.value[0]}.${local.zone}"
  subject_alternative_names = [for service in each.value : "*.${service}.${local.zone}"]
  validation_method         = "DNS"

  tags = { Name = "${local.zone} by service ${each.key}" }

  # A listener's certificate cannot be deleted before another has taken its place.
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  inverted_validation = {
    for service, group in local.inverted_group : service => one([
      for option in aws_acm_certificate.inverted[group].domain_validation_options : option if option.domain_name == "*.${service}.${local.zone}"
    ])
  }
}

resource "aws_route53_record" "inverted" {
  for_each = local.inverted_group

  zone_id = aws_route53_zone.ephemeral.zone_id
  name    = local.inverted_validation[each.key].resource_record_name
  type    = local.inverted_validation[each.key].resource_record_type
  ttl     = 60
  records = [local.inverted_validation[each.key].resource_record_value]
}

resource "aws_acm_certificate_validation" "inverted" {
  for_each = var.wait_for_certificate ? local.inverted_groups : {}

  certificate_arn         = aws_acm_certificate.inverted[each.key].arn
  validation_record_fqdns = [for service in each.value : aws_route53_record.inverted[service].fqdn]

  timeouts {
    create = var.certificate_timeout
  }

  depends_on = [aws_route53_record.delegation]
}
