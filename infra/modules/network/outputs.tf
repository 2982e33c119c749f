output "vpc_id" {
  description = "The VPC, made or given."
  value       = local.vpc_id
}

output "public_subnet_ids" {
  description = "Subnets for the load balancer."
  value       = local.public_subnet_ids
}

output "private_subnet_ids" {
  description = "Subnets for services and databases."
  value       = local.private_subnet_ids

  # A task placed before its way out exists cannot pull its image.
  depends_on = [aws_route.nat, aws_route_table_association.private]
}

output "load_balancer_security_group_id" {
  description = "Takes HTTP and HTTPS, and reaches services only."
  value       = aws_security_group.load_balancer.id
}

output "service_security_group_id" {
  description = "Takes connections from the load balancer and from other services."
  value       = aws_security_group.service.id
}

output "database_security_group_id" {
  description = "Takes MySQL connections from services."
  value       = aws_security_group.database.id
}

output "nat_gateway_ids" {
  description = "The NAT gateway under the key `main`, for alarms; empty where the network was there already."
  value       = { for gateway in aws_nat_gateway.this : "main" => gateway.id }
}
