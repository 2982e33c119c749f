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

output "inverted_certificate_arns" {
  description = "The certificates of `inverted_services`, which the listener has to have besides the wildcard's."
  value = {
    for group in keys(local.inverted_groups) : "inverted-${group}" =>
    var.wait_for_certificate ? aws_acm_certificate_validation.inverted[group].certificate_arn : aws_acm_certificate.inverted[group].arn
  }
}

output "certificate_names" {
  description = "The names on all these certificates: a host that one of them covers needs no certificate of its own."
  value       = concat(local.certificate_names, local.inverted_names)
}

output "covered_forms" {
  description = "Which forms of hosts these certificates cover: all of the form, none, or those of the services named."
  value = {
    "{service}-{env}.{zone}" = "all"
    "{service}.{env}.{zone}" = "none"
    "{env}.{service}.{zone}" = length(var.inverted_services) == 0 ? "none" : join(", ", sort(var.inverted_services))
  }
}
