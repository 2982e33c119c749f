locals {
  webhook_path = "/api/github/webhooks"
  health_path  = "/healthz"
  api_path     = "/api/environments"

  host        = coalesce(var.host, "mayfly.${var.zone.name}")
  has_own_dns = endswith(local.host, ".${var.zone.name}")
  webhook_url = "https://${local.host}${local.webhook_path}"
}

resource "aws_lb_target_group" "web" {
  name        = "${local.app}-web"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = local.port

  # GitHub gives an answer ten seconds, so a delivery in hand is through by then.
  deregistration_delay = 15

  health_check {
    path                = local.health_path
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  tags = { Name = "${local.app}-web" }
}

# These paths of this host, and nothing else: any other gets the listener's own 404.
resource "aws_lb_listener_rule" "web" {
  listener_arn = var.load_balancer.listener_arn
  priority     = var.listener_rule_priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }

  condition {
    host_header {
      values = [local.host]
    }
  }

  condition {
    path_pattern {
      values = concat([local.webhook_path, local.health_path], var.api ? [local.api_path] : [])
    }
  }

  tags = { Name = "${local.app}-web" }
}

resource "aws_route53_record" "web" {
  count = local.has_own_dns ? 1 : 0

  zone_id = var.zone.id
  name    = local.host
  type    = "A"

  alias {
    name                   = var.load_balancer.dns_name
    zone_id                = var.load_balancer.zone_id
    evaluate_target_health = false
  }
}
