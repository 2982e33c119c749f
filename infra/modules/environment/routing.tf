resource "aws_lb_target_group" "service" {
  for_each = local.public

  name        = local.target_group_names[each.key]
  port        = var.services[each.key].port
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.platform.network.vpcId

  # The default of 300 s would keep every removal and every deployment waiting.
  deregistration_delay = 5

  health_check {
    protocol            = "HTTP"
    path                = var.services[each.key].health_check.path
    matcher             = var.services[each.key].health_check.matcher
    interval            = var.services[each.key].health_check.interval
    timeout             = var.services[each.key].health_check.timeout
    healthy_threshold   = var.services[each.key].health_check.healthy_threshold
    unhealthy_threshold = var.services[each.key].health_check.unhealthy_threshold
  }

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.target_group_names[each.key] })
}

locals {
  # A rule takes five condition values in all (Elastic Load Balancing quotas), so many hosts become many rules.
  rules = merge([
    for service in local.public : merge([
      for port in local.ports[service] : {
        for index, hosts in chunklist(local.hosts[service], 5 - length(var.services[service].source_cidrs) - length(var.services[service].path_patterns)) :
        join("-", concat([service, port], index == 0 ? [] : [index + 1])) => { service = service, port = port, hosts = hosts }
      }
    ]...)
  ]...)

  path_rules = { for key, rule in local.rules : key => rule if length(var.services[rule.service].path_patterns) > 0 }
  host_rules = { for key, rule in local.rules : key => rule if length(var.services[rule.service].path_patterns) == 0 }
}

# Without a priority the provider takes the next above the highest, and tries again when somebody else was faster.
resource "aws_lb_listener_rule" "path" {
  for_each = local.path_rules

  listener_arn = local.listeners[each.value.port].arn
  priority     = var.services[each.value.service].priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service[each.value.service].arn
  }

  condition {
    host_header {
      values = each.value.hosts
    }
  }

  condition {
    path_pattern {
      values = var.services[each.value.service].path_patterns
    }
  }

  dynamic "condition" {
    for_each = length(var.services[each.value.service].source_cidrs) > 0 ? [var.services[each.value.service].source_cidrs] : []

    content {
      source_ip {
        values = condition.value
      }
    }
  }

  tags = merge(local.tags, { (local.domain.tagKeys.name) = "${var.platform.name}-${var.name}-${each.key}" })
}

# What has a host to itself, or takes what the paths above leave: the lower number wins, so these are made after those, and
# again when those change, which leaves a host without a rule for a moment.
resource "aws_lb_listener_rule" "host" {
  for_each = local.host_rules

  listener_arn = local.listeners[each.value.port].arn
  priority     = var.services[each.value.service].priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service[each.value.service].arn
  }

  condition {
    host_header {
      values = each.value.hosts
    }
  }

  dynamic "condition" {
    for_each = length(var.services[each.value.service].source_cidrs) > 0 ? [var.services[each.value.service].source_cidrs] : []

    content {
      source_ip {
        values = condition.value
      }
    }
  }

  tags = merge(local.tags, { (local.domain.tagKeys.name) = "${var.platform.name}-${var.name}-${each.key}" })

  depends_on = [aws_lb_listener_rule.path]

  lifecycle {
    replace_triggered_by = [terraform_data.paths]
  }
}

# Not the rules themselves: their tags change with every extension.
resource "terraform_data" "paths" {
  input = { for key, rule in local.path_rules : key => { hosts = rule.hosts, paths = var.services[rule.service].path_patterns } }
}

resource "aws_route53_record" "host" {
  for_each = toset(flatten([for service in local.public : local.hosts[service]]))

  zone_id = var.platform.dns.zoneId
  name    = each.key
  type    = "A"

  alias {
    name                   = var.platform.loadBalancer.dnsName
    zone_id                = var.platform.loadBalancer.zoneId
    evaluate_target_health = false
  }
}
