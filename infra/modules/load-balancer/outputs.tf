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
}
