locals {
  zone              = "ephemeral.${var.zone}"
  certificate_names = [local.zone, "*.${local.zone}"]
}

# Read while planning: a wrong parent is told before anything is made, and not by a certificate that never comes.
data "aws_route53_zone" "parent" {
  count = var.parent_zone_id == null ? 0 : 1

  zone_id = var.parent_zone_id

  lifecycle {
    postcondition {
      condition     = trimsuffix(self.name, ".") == var.zone && self.private_zone != true
      error_message = "The hosted zone ${var.parent_zone_id} is ${self.private_zone == true ? "the private zone " : ""}${trimsuffix(self.name, ".")}, and ephemeral.${var.zone} can only be delegated by the public zone ${var.zone}: give that zone's id, or none."
    }
  }
}

resource "aws_route53_zone" "ephemeral" {
  name          = local.zone
  comment       = "Hosts of ephemeral environments"
  force_destroy = var.force_destroy

  tags = { Name = local.zone }
}

resource "aws_route53_record" "delegation" {
  count = var.parent_zone_id == null ? 0 : 1

  zone_id = data.aws_route53_zone.parent[0].zone_id
  name    = local.zone
  type    = "NS"
  ttl     = 300
  records = aws_route53_zone.ephemeral.name_servers
}

resource "aws_acm_certificate" "wildcard" {
  domain_name               = local.zone
  subject_alternative_names = ["*.${local.zone}"]
  validation_method         = "DNS"

  tags = { Name = local.zone }

  # A listener's certificate cannot be deleted before another has taken its place.
  lifecycle {
    create_before_destroy = true
  }
}

# The zone and its wildcard are validated by one and the same record, so it is made once.
resource "aws_route53_record" "validation" {
  zone_id = aws_route53_zone.ephemeral.zone_id
  name    = local.validation.resource_record_name
  type    = local.validation.resource_record_type
  ttl     = 60
  records = [local.validation.resource_record_value]
}

locals {
  validation = one([
    for option in aws_acm_certificate.wildcard.domain_validation_options : option if option.domain_name == local.zone
  ])
}

resource "aws_acm_certificate_validation" "wildcard" {
  count = var.wait_for_certificate ? 1 : 0

  certificate_arn         = aws_acm_certificate.wildcard.arn
  validation_record_fqdns = [aws_route53_record.validation.fqdn]

  timeouts {
    create = var.certificate_timeout
  }

  depends_on = [aws_route53_record.delegation]
}
