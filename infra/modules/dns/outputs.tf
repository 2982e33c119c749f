output "zone" {
  description = "The zone that environments get their hosts in, without a dot at its end."
  value       = local.zone
}

output "zone_id" {
  description = "The zone's id, without /hostedzone/ in front."
  value       = aws_route53_zone.ephemeral.zone_id
}

output "name_servers" {
  description = "What the parent zone's NS record has to hold."
  value       = aws_route53_zone.ephemeral.name_servers
}

output "certificate_arn" {
  description = "The wildcard certificate; issued already, where waiting for that is not switched off."
  value       = var.wait_for_certificate ? aws_acm_certificate_validation.wildcard[0].certificate_arn : aws_acm_certificate.wildcard.arn
}

output "certificate_names" {
  description = "The names on the certificate."
  value       = local.certificate_names
}
