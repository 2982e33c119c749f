data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  app       = "${var.name}-mayfly"
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  cluster_name = element(split("/", var.cluster_arn), 1)

  # Two services of one image: what answers GitHub stays up while what works on AWS is busy, and each is scaled by itself.
  roles = {
    web    = var.web
    worker = var.worker
  }

  # Passes are told to end after 20 s, and deliveries after 10 (src/store/queue.ts, src/github/server.ts); the rest is for
  # what they hand on.
  stop_timeout_seconds = 30
}

# Not below /mayfly/, where the groups of environments are.
resource "aws_cloudwatch_log_group" "app" {
  name              = "/ecs/${local.app}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = { Name = "/ecs/${local.app}" }
}

resource "aws_ecs_task_definition" "app" {
  for_each = local.roles

  family                   = "${local.app}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([merge(
    {
      name                   = "mayfly"
      image                  = var.image
      essential              = true
      user                   = var.user
      readonlyRootFilesystem = true
      stopTimeout            = local.stop_timeout_seconds
      linuxParameters        = { capabilities = { drop = ["ALL"] } }
      environment            = [for name, value in merge(local.environment, { ROLE = each.key }) : { name = name, value = value }]
      secrets                = [for name, arn in local.secrets : { name = name, valueFrom = arn }]
      portMappings           = each.key == "web" ? [{ containerPort = local.port, hostPort = local.port, protocol = "tcp" }] : []

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.app.name
          "awslogs-region"        = local.region
          "awslogs-stream-prefix" = each.key
          # A log that cannot be written is no reason to stand still.
          "mode"            = "non-blocking"
          "max-buffer-size" = "4m"
        }
      }
    },
    # ECS heeds no check of the image's own, so this is the same one. A worker serves nothing that could be asked.
    each.key == "web" ? {
      healthCheck = {
        command     = ["CMD", "node", "src/health-check.ts"]
        interval    = 30
        timeout     = 5
        retries     = 3
        startPeriod = 60
      }
    } : {},
  )])

  tags = { Name = "${local.app}-${each.key}" }
}

resource "aws_ecs_service" "app" {
  for_each = local.roles

  name            = "${local.app}-${each.key}"
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = each.value.min_tasks
  propagate_tags  = "SERVICE"

  # Old and new run side by side: the queue gives each environment to one of them.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = each.key == "web" ? 60 : null

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = each.key == "web" ? [aws_security_group.tasks.id, aws_security_group.web.id] : [aws_security_group.tasks.id]
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = each.key == "web" ? [aws_lb_target_group.web.arn] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = "mayfly"
      container_port   = local.port
    }
  }

  tags = { Name = "${local.app}-${each.key}" }

  # How many there are is the scaling's to say.
  lifecycle {
    ignore_changes = [desired_count]
  }

  # ECS refuses a target group that no load balancer uses, and starts no task before its roles may do what it needs.
  depends_on = [
    aws_lb_listener_rule.web,
    aws_iam_role_policy.execution,
    aws_iam_role_policy_attachment.environments,
    aws_iam_role_policy.own_secrets,
    aws_vpc_security_group_egress_rule.tasks,
  ]
}
