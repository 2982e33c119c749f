# Mayfly itself, and what clears up where it cannot. Either may be left out: the platform can be built before there is an app.
module "app" {
  source = "../../modules/app"
  count  = var.app == null ? 0 : 1

  name        = var.name
  vpc_id      = module.network.vpc_id
  subnet_ids  = module.network.private_subnet_ids
  cluster_arn = module.cluster.arn
  zone        = { id = module.dns.zone_id, name = module.dns.zone }
  load_balancer = {
    arn               = module.load_balancer.arn
    listener_arn      = module.load_balancer.https_listener_arn
    dns_name          = module.load_balancer.dns_name
    zone_id           = module.load_balancer.zone_id
    security_group_id = module.network.load_balancer_security_group_id
  }

  clone_security_group_ids = [module.network.database_security_group_id]

  image                = var.app.image
  architecture         = var.app.architecture
  app_id               = var.app.app_id
  host                 = var.app.host
  api                  = var.app.api
  settings             = var.app.settings
  platform_parameter   = var.platform_parameter
  policies             = local.mayfly_policies
  deletion_protection  = var.protect
  log_kms_key_arn      = var.log_kms_key_arn
  secret_recovery_days = var.protect ? 7 : 0
  alarm_topic_arns     = [module.monitoring.topic_arn]
}

module "reaper" {
  source = "../../modules/reaper"
  count  = var.reaper == null ? 0 : 1

  name                     = var.name
  package_file             = var.reaper.package_file
  dry_run                  = var.reaper.dry_run
  grace_minutes            = var.reaper.grace_minutes
  platform_parameter       = var.platform_parameter
  policy_json              = templatefile("../../policies/reaper.json.tftpl", local.policy_names)
  report_emails            = var.reaper.report_emails
  slack_webhook_secret_arn = var.reaper.slack_webhook_secret_arn
  log_kms_key_arn          = var.log_kms_key_arn
  alarm_topic_arns         = [module.monitoring.topic_arn]
}

module "cache" {
  source = "../../modules/cache"
  count  = var.shared_cache == null ? 0 : 1

  name                      = var.name
  accept_sharing            = var.shared_cache.accept_sharing
  mode                      = var.shared_cache.mode
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  client_security_group_ids = [module.network.service_security_group_id]
}

module "monitoring" {
  source = "../../modules/monitoring"

  name              = var.name
  load_balancer_arn = module.load_balancer.arn
  source_instance   = module.source_database.instance_identifier
  cluster_name      = module.cluster.name
  nat_gateway_ids   = module.network.nat_gateway_ids
  log_group         = one(module.app[*].log_group_name)
  subscriptions     = var.alerts.subscriptions
  kms_key_arn       = var.alerts.kms_key_arn
  budget            = var.alerts.budget
}
