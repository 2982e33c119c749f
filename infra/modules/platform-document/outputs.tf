output "platform" {
  description = "The document, decoded: docs/schema/platform.schema.json."
  value       = local.platform

  depends_on = [data.aws_route53_zone.ephemeral]
}
