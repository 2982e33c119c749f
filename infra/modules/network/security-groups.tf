resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "The shared load balancer"
  vpc_id      = local.vpc_id

  tags = { Name = "${var.name}-load-balancer" }
}

resource "aws_security_group" "service" {
  name        = "${var.name}-service"
  description = "Services of environments"
  vpc_id      = local.vpc_id

  tags = { Name = "${var.name}-service" }
}

resource "aws_security_group" "database" {
  name        = "${var.name}-database"
  description = "The source database and its clones"
  vpc_id      = local.vpc_id

  tags = { Name = "${var.name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = {
    for pair in setproduct(var.ingress_cidr_blocks, [80, 443]) : "${pair[0]}-${pair[1]}" => { block = pair[0], port = pair[1] }
  }

  security_group_id = aws_security_group.load_balancer.id
  cidr_ipv4         = each.value.block
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port

  tags = { Name = "HTTP and HTTPS" }
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = aws_security_group.load_balancer.id
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535

  tags = { Name = "To services only" }
}

resource "aws_vpc_security_group_ingress_rule" "service_from_load_balancer" {
  security_group_id            = aws_security_group.service.id
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535

  tags = { Name = "From the load balancer on any port" }
}

# Environments share this group, so it does not keep one from another.
resource "aws_vpc_security_group_ingress_rule" "service_from_service" {
  security_group_id            = aws_security_group.service.id
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535

  tags = { Name = "Between services" }
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id = aws_security_group.service.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"

  tags = { Name = "Out to whatever the application calls" }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306

  tags = { Name = "MySQL from services" }
}
