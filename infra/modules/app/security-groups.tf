resource "aws_security_group" "tasks" {
  name        = "${local.app}-tasks"
  description = "Mayfly, web and worker: what it may call"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.app}-tasks" }
}

resource "aws_security_group" "web" {
  name        = "${local.app}-web"
  description = "Mayfly, web: who may call it"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.app}-web" }
}

resource "aws_security_group" "database" {
  count = local.database_count

  name        = "${local.app}-database"
  description = "Mayfly's own database"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.app}-database" }
}

# The shared load balancer reaches services only, until it is told of this.
resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = var.load_balancer.security_group_id
  description                  = "To Mayfly"
  referenced_security_group_id = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id            = aws_security_group.web.id
  description                  = "Webhooks and health checks, from the load balancer"
  referenced_security_group_id = var.load_balancer.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  for_each = {
    443 = "GitHub, AWS, and smoke checks of environments"
    80  = "Smoke checks of environments on the plain listener"
  }

  security_group_id = aws_security_group.tasks.id
  description       = each.value
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_database" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "To Mayfly's own database"
  referenced_security_group_id = local.makes_database ? aws_security_group.database[0].id : var.existing_database.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = local.makes_database ? aws_security_group.database[0].id : var.existing_database.security_group_id
  description                  = "Mayfly"
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
}

# Mayfly asks clones who is connected and what migrations made of them, and makes users there; of the source, which has the
# same group, it has no password.
resource "aws_vpc_security_group_egress_rule" "tasks_to_clones" {
  for_each = { for position, id in var.clone_security_group_ids : position => id }

  security_group_id            = aws_security_group.tasks.id
  description                  = "To clones"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_ingress_rule" "clones" {
  for_each = { for position, id in var.clone_security_group_ids : position => id }

  security_group_id            = each.value
  description                  = "MySQL from Mayfly"
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}
