locals {
  # What a host without an environment is answered: nothing of what runs here, or that anything does.
  not_found = {
    content_type = "text/plain"
    message_body = "Not found"
    status_code  = "404"
  }
}

resource "aws_lb" "shared" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = var.subnet_ids
  security_groups            = var.security_group_ids
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
  idle_timeout               = var.idle_timeout_seconds

  dynamic "access_logs" {
    for_each = var.access_logs == null ? [] : [var.access_logs]

    content {
      enabled = true
      bucket  = access_logs.value.bucket
      prefix  = access_logs.value.prefix
    }
  }

  tags = { Name = var.name }

  # AWS writes a test object at once, and refuses where it may not.
  depends_on = [aws_s3_bucket_policy.access_logs, aws_s3_bucket_ownership_controls.access_logs]
}

# Environments' rules come before it: a service that says so is still answered by plain HTTP.
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.shared.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol = "HTTPS"
      port     = "443"
      # Not for good: browsers would remember it after the environment, and its number's next host, had changed.
      status_code = "HTTP_302"
    }
  }

  tags = { Name = "${var.name}-http" }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shared.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = var.ssl_policy
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = local.not_found.content_type
      message_body = local.not_found.message_body
      status_code  = local.not_found.status_code
    }
  }

  tags = { Name = "${var.name}-https" }
}

resource "aws_lb_listener_certificate" "further" {
  for_each = var.certificate_arns

  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = each.value
}
