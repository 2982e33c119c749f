data "aws_partition" "current" {}

locals {
  # Elsewhere the registry has a domain of its own.
  registry_domain = data.aws_partition.current.partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"

  # The document of docs/schema/platform.schema.json. An optional key is left out, not null.
  platform = merge(
    {
      version   = 1
      name      = var.name
      accountId = var.account_id
      region    = var.region
      network = {
        vpcId                   = module.network.vpc_id
        subnetIds               = module.network.private_subnet_ids
        serviceSecurityGroupIds = [module.network.service_security_group_id]
      }
      cluster = merge(
        {
          name             = module.cluster.name
          arn              = module.cluster.arn
          executionRoleArn = module.cluster.execution_role_arn
        },
        var.task_role_arn == null ? {} : { taskRoleArn = var.task_role_arn },
      )
      loadBalancer = merge({
        arn     = module.load_balancer.arn
        dnsName = module.load_balancer.dns_name
        zoneId  = module.load_balancer.zone_id
        listeners = [
          { port = 80, protocol = "HTTP", arn = module.load_balancer.http_listener_arn, certificateNames = [] },
          { port = 443, protocol = "HTTPS", arn = module.load_balancer.https_listener_arn, certificateNames = module.dns.certificate_names },
        ]
      }, module.load_balancer.authentication == null ? {} : { authentication = module.load_balancer.authentication })
      dns = {
        zoneId = module.dns.zone_id
        zone   = module.dns.zone
      }
      database = merge(
        {
          sourceIdentifier = module.source_database.identifier
          subnetGroup      = module.source_database.subnet_group
          securityGroupIds = [module.network.database_security_group_id]
          parameterGroup   = module.source_database.parameter_group
        },
        var.source_version == null ? {} : { sourceVersion = var.source_version },
        var.passport_public_key == null ? {} : { passportPublicKey = var.passport_public_key },
        { for refresh in local.refresh : "refresh" => refresh },
      )
      registry = { host = "${var.account_id}.dkr.ecr.${var.region}.${local.registry_domain}" }
      logs = merge(
        { retentionDays = module.cluster.log_retention_days },
        var.log_kms_key_arn == null ? {} : { kmsKeyArn = var.log_kms_key_arn },
      )
      environmentPrefixes = var.environment_prefixes
      limits = {
        environments         = var.limits.environments
        ttlSeconds           = var.limits.ttl_days * 86400
        maxTtlSeconds        = var.limits.max_ttl_days * 86400
        listenerRules        = var.limits.listener_rules
        listenerCertificates = var.limits.listener_certificates
      }
    },
    var.host_template == null ? {} : { hostTemplate = var.host_template },
    var.prices == null ? {} : { prices = var.prices },
  )
}

resource "aws_ssm_parameter" "platform" {
  name        = var.platform_parameter
  description = "Mayfly's platform document"
  type        = "String"
  value       = jsonencode(local.platform)

  tags = { Name = var.platform_parameter }
}
