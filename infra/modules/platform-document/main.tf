data "aws_ssm_parameter" "platform" {
  name = var.parameter

  lifecycle {
    postcondition {
      condition     = try(jsondecode(self.insecure_value).version, 0) == 1
      error_message = "The parameter ${var.parameter} holds no platform document of version 1: apply live/nonprod of the same release first."
    }

    postcondition {
      condition     = try(jsondecode(self.insecure_value).accountId == var.account_id && jsondecode(self.insecure_value).region == var.region, false)
      error_message = "The platform document is of account ${try(jsondecode(self.insecure_value).accountId, "?")} in ${try(jsondecode(self.insecure_value).region, "?")}, and this is asked for in ${var.account_id} in ${var.region}."
    }
  }
}

locals {
  platform = jsondecode(data.aws_ssm_parameter.platform.insecure_value)
}

# Where the zone is gone, the read fails, and nothing is made.
data "aws_route53_zone" "ephemeral" {
  zone_id = local.platform.dns.zoneId

  lifecycle {
    postcondition {
      condition     = self.name == local.platform.dns.zone
      error_message = "The zone ${local.platform.dns.zoneId} is that of ${self.name}, and the platform document says ${local.platform.dns.zone}."
    }
  }
}
