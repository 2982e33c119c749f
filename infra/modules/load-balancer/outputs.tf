output "arn" {
  description = "The load balancer."
  value       = aws_lb.shared.arn
}

output "dns_name" {
  description = "What environments' records are aliases of."
  value       = aws_lb.shared.dns_name
}

output "zone_id" {
  description = "The hosted zone of `dns_name`, which an alias record names."
  value       = aws_lb.shared.zone_id
}

output "http_listener_arn" {
  description = "The listener on port 80."
  value       = aws_lb_listener.http.arn
}

output "https_listener_arn" {
  description = "The listener on port 443, which environments' rules and certificates go to."
  value       = aws_lb_listener.https.arn

  # A host that one of them covers gets no certificate of its own, so they have to be there first.
  depends_on = [aws_lb_listener_certificate.further]
}

output "authentication" {
  description = "What the platform document says of signing in; null where everybody is let in. The rules that ask for it are Mayfly's."
  value = var.authentication == null ? null : {
    cognito = {
      userPoolArn      = var.authentication.user_pool_arn
      userPoolClientId = var.authentication.user_pool_client_id
      userPoolDomain   = var.authentication.user_pool_domain
    }
    trustedCidrs = var.authentication.trusted_cidrs
  }
}

output "access_log_bucket" {
  description = "The bucket that requests are logged to; null where none are."
  value       = try(var.access_logs.bucket, null)
}
