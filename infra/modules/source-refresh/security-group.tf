resource "aws_security_group" "anonymise" {
  name        = local.sources
  description = "The task that masks sources: what it may call"
  vpc_id      = var.vpc_id

  tags = { Name = local.sources }
}

resource "aws_vpc_security_group_egress_rule" "database" {
  security_group_id            = aws_security_group.anonymise.id
  description                  = "To sources"
  referenced_security_group_id = var.database_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

# ECS pulls the image, reads the secrets and writes the log through the task's own network.
resource "aws_vpc_security_group_egress_rule" "aws" {
  security_group_id = aws_security_group.anonymise.id
  description       = "The registry, secrets and logs of AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = var.database_security_group_id
  description                  = "MySQL from the task that masks"
  referenced_security_group_id = aws_security_group.anonymise.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}
