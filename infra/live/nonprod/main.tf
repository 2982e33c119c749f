module "network" {
  source = "../../modules/network"

  name                = var.name
  existing            = var.existing_network
  ingress_cidr_blocks = var.ingress_cidr_blocks
}

module "dns" {
  source = "../../modules/dns"

  zone                 = var.zone
  parent_zone_id       = var.parent_zone_id
  delegated            = var.delegated
  wait_for_certificate = var.wait_for_certificate
  inverted_services    = var.inverted_services
  force_destroy        = !var.protect
}

module "load_balancer" {
  source = "../../modules/load-balancer"

  name                = var.name
  subnet_ids          = module.network.public_subnet_ids
  security_group_ids  = [module.network.load_balancer_security_group_id]
  certificate_arn     = module.dns.certificate_arn
  certificate_arns    = module.dns.inverted_certificate_arns
  access_logs         = var.access_logs
  authentication      = var.authentication
  deletion_protection = var.protect
}

module "source_database" {
  source = "../../modules/source-database"

  name                = var.name
  subnet_ids          = module.network.private_subnet_ids
  security_group_ids  = [module.network.database_security_group_id]
  database_name       = var.database_name
  deletion_protection = var.protect
}

module "cluster" {
  source = "../../modules/cluster"

  name               = var.name
  secret_arns        = var.secret_arns
  parameter_arns     = var.parameter_arns
  log_retention_days = var.log_retention_days
  log_kms_key_arn    = var.log_kms_key_arn
}
