resource "aws_cloudwatch_log_group" "service" {
  for_each = var.services

  name              = local.log_group_names[each.key]
  retention_in_days = var.platform.logs.retentionDays
  kms_key_id        = var.platform.logs.kmsKeyArn

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.log_group_names[each.key] })
}

locals {
  # What `$${...}` may speak of: see the README.
  references = {
    env = {
      name      = var.name
      NAME      = upper(var.name)
      slug      = var.name
      SLUG      = upper(var.name)
      domain    = local.environment_domain
      zone      = var.platform.dns.zone
      expiresAt = var.expires_at
    }
    pr = {
      number  = var.pull_request == null ? "" : tostring(var.pull_request)
      headRef = var.branch
      headSha = var.commit
    }
    host = { for service in local.public : service => local.hosts[service][0] }
    db = {
      endpoint       = one(aws_rds_cluster.clone[*].endpoint)
      readerEndpoint = one(aws_rds_cluster.clone[*].reader_endpoint)
      port           = one(aws_rds_cluster.clone[*].port)
      name           = try(var.database.name, null)
      secretArn      = one(aws_secretsmanager_secret_version.database[*].arn)
    }
  }
}

resource "aws_ecs_task_definition" "service" {
  for_each = var.services

  family                   = local.service_names[each.key]
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = var.platform.cluster.executionRoleArn
  task_role_arn            = var.platform.cluster.taskRoleArn

  runtime_platform {
    cpu_architecture        = each.value.architecture
    operating_system_family = "LINUX"
  }

  container_definitions = jsonencode([merge(
    {
      name         = each.key
      image        = each.value.image
      essential    = true
      portMappings = each.value.port == null ? [] : [{ containerPort = each.value.port, protocol = "tcp" }]
      environment  = [for variable, text in each.value.environment : { name = variable, value = templatestring(text, local.references) }]
      secrets      = [for variable, text in each.value.secrets : { name = variable, valueFrom = templatestring(text, local.references) }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service[each.key].name
          awslogs-region        = var.platform.region
          awslogs-stream-prefix = "task"
        }
      }
    },
    each.value.command == null ? {} : { command = [for word in each.value.command : templatestring(word, local.references)] },
  )])

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.service_names[each.key] })
}

resource "aws_ecs_service" "service" {
  for_each = var.services

  name            = local.service_names[each.key]
  cluster         = local.cluster_arn
  task_definition = aws_ecs_task_definition.service[each.key].arn
  desired_count   = each.value.count
  launch_type     = "FARGATE"

  health_check_grace_period_seconds = contains(local.public, each.key) ? each.value.health_check.grace : null
  # People may open a shell in its containers only where the task has a role of its own.
  enable_execute_command  = var.platform.cluster.taskRoleArn != null
  enable_ecs_managed_tags = true
  # The tasks carry none otherwise.
  propagate_tags        = "SERVICE"
  wait_for_steady_state = var.wait_for_steady_state
  force_delete          = true

  network_configuration {
    subnets          = var.platform.network.subnetIds
    security_groups  = var.platform.network.serviceSecurityGroupIds
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = contains(local.public, each.key) ? [aws_lb_target_group.service[each.key].arn] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = each.key
      container_port   = each.value.port
    }
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  tags = merge(local.tags, { (local.domain.tagKeys.name) = local.service_names[each.key] })

  # ECS refuses a target group that no rule has made part of a load balancer, and removal is in the reverse order. A
  # container that finds no database ends, and the deployment is given up after three.
  depends_on = [
    aws_lb_listener_rule.path,
    aws_lb_listener_rule.host,
    aws_rds_cluster_instance.clone,
    aws_secretsmanager_secret_version.database,
  ]
}
