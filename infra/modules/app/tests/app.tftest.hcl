mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/made" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:made-AbCdEf" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/nonprod-mayfly" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/nonprod-mayfly-web/3"
      arn_suffix = "targetgroup/nonprod-mayfly-web/3"
    }
  }
  mock_resource "aws_lb_listener_rule" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/nonprod/1/2/4" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/nonprod-mayfly:1" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0made" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "nonprod-mayfly.abc.eu-west-1.rds.amazonaws.com"
      port               = 5432
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf" }]
    }
  }
}

variables {
  name        = "nonprod"
  vpc_id      = "vpc-0abc"
  subnet_ids  = ["subnet-0a", "subnet-0b"]
  cluster_arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/nonprod"
  load_balancer = {
    arn               = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/nonprod/1"
    listener_arn      = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/2"
    dns_name          = "nonprod-1.eu-west-1.elb.amazonaws.com"
    zone_id           = "Z0LB"
    security_group_id = "sg-0lb"
  }
  zone     = { id = "Z0ZONE", name = "ephemeral.example.gov.uk" }
  image    = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/tools/mayfly:0.1.0"
  app_id   = 123456
  policies = { databases = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
}

run "web_and_worker_are_one_image_in_two_services" {
  command = apply

  assert {
    condition = { for role, definition in aws_ecs_task_definition.app : role => one([
      for variable in jsondecode(definition.container_definitions)[0].environment : variable.value if variable.name == "ROLE"
    ]) } == { web = "web", worker = "worker" }
    error_message = "each service is told its own role"
  }

  assert {
    condition     = aws_ecs_service.app["web"].desired_count == 2 && aws_ecs_service.app["worker"].desired_count == 1
    error_message = "two that answer GitHub, one that works"
  }

  assert {
    condition     = one(aws_ecs_service.app["web"].load_balancer).container_port == 3000 && length(aws_ecs_service.app["worker"].load_balancer) == 0
    error_message = "only the web service is behind the load balancer"
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.app : service.deployment_circuit_breaker[0].enable && service.deployment_circuit_breaker[0].rollback && !service.network_configuration[0].assign_public_ip])
    error_message = "a deployment that fails is rolled back, and no task has a public address"
  }
}

run "a_container_can_do_little_and_is_given_time_to_end" {
  command = apply

  assert {
    condition = alltrue([for definition in aws_ecs_task_definition.app : alltrue([
      for container in jsondecode(definition.container_definitions) :
      container.readonlyRootFilesystem && container.user == "10001:10001" && container.linuxParameters.capabilities.drop == ["ALL"]
    ])])
    error_message = "a read-only file system, somebody who is not root, no capabilities"
  }

  # Passes are told to end after 20 seconds; Fargate's longest is 120.
  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.app : jsondecode(definition.container_definitions)[0].stopTimeout >= 30 && jsondecode(definition.container_definitions)[0].stopTimeout <= 120])
    error_message = "half a minute from SIGTERM to SIGKILL at least"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.app["web"].container_definitions)[0].healthCheck.command == ["CMD", "node", "src/health-check.ts"] && !can(jsondecode(aws_ecs_task_definition.app["worker"].container_definitions)[0].healthCheck)
    error_message = "the web container is asked how it is; a worker serves nothing"
  }

  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.app : definition.runtime_platform[0].cpu_architecture == "ARM64"])
    error_message = "the tasks are of the image's architecture"
  }
}

run "no_secret_passes_through_terraform" {
  command = apply

  assert {
    condition     = [for secret in jsondecode(aws_ecs_task_definition.app["web"].container_definitions)[0].secrets : secret.name] == ["PRIVATE_KEY", "WEBHOOK_SECRET"]
    error_message = "the app's secrets are handed over by their ARNs"
  }

  assert {
    condition     = aws_db_instance.app[0].manage_master_user_password && aws_db_instance.app[0].password == null
    error_message = "RDS makes the password"
  }

  assert {
    condition     = local.environment.DATABASE_URL == "postgres://mayfly@nonprod-mayfly.abc.eu-west-1.rds.amazonaws.com:5432/mayfly" && local.environment.DATABASE_SECRET == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf" && local.environment.DATABASE_CA_FILE == "/etc/ssl/rds/global-bundle.pem"
    error_message = "Mayfly is told where the database is and where its password is, and has it prove itself"
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.app : startswith(secret.name, "nonprod-mayfly/")])
    error_message = "not below nonprod/, where the tasks of environments may read"
  }
}

run "each_role_may_do_its_own_part_only" {
  command = apply

  assert {
    condition     = toset(flatten([for statement in local.execution_statements : statement.Action])) == toset(["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue"])
    error_message = "the execution role starts a task, and no more"
  }

  assert {
    condition     = one([for statement in local.execution_statements : statement.Resource if statement.Sid == "PullImage"]) == tolist(["arn:aws:ecr:eu-west-1:123456789012:repository/tools/mayfly"])
    error_message = "of all repositories, the image's"
  }

  assert {
    condition     = one([for statement in local.execution_statements : statement.Resource if statement.Sid == "ReadSecrets"]) == values(local.secrets) && !contains(one([for statement in local.execution_statements : statement.Resource if statement.Sid == "ReadSecrets"]), local.database_secret_arn)
    error_message = "of all secrets, the two that ECS hands over"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.own_secrets.policy).Statement : [statement.Effect, statement.Resource] if statement.Sid == "ReadDatabasePassword"] == [["Allow", ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf"]]]
    error_message = "Mayfly reads the password of its own database"
  }

  assert {
    condition     = length([for statement in jsondecode(aws_iam_role_policy.own_secrets.policy).Statement : statement if statement.Effect == "Deny" && statement.Action == ["secretsmanager:*"] && length(statement.Resource) == 2]) == 1
    error_message = "and can never be made to copy the app's secrets into an environment"
  }

  assert {
    condition     = aws_iam_policy.environments["databases"].policy == var.policies["databases"] && aws_iam_role_policy_attachment.environments["databases"].role == aws_iam_role.task.name && aws_iam_role.task.permissions_boundary == null
    error_message = "what it may do else is the policy given"
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.task, aws_iam_role.execution] : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012" && jsondecode(role.assume_role_policy).Statement[0].Principal.Service == "ecs-tasks.amazonaws.com"])
    error_message = "both are for tasks of this account"
  }
}

run "the_boundary_is_set_on_what_acts" {
  command = apply

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    kms_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/own"
  }

  assert {
    condition     = aws_iam_role.task.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "Mayfly's own role has the boundary"
  }

  assert {
    condition     = alltrue([for statements in [local.execution_statements, local.own_secret_statements] : flatten([for statement in statements : statement.Resource if statement.Action == ["kms:Decrypt"]]) == ["arn:aws:kms:eu-west-1:123456789012:key/own"]])
    error_message = "both roles may use the key that the secrets are under"
  }

  assert {
    condition     = aws_db_instance.app[0].kms_key_id == var.kms_key_arn && aws_db_instance.app[0].master_user_secret_kms_key_id == var.kms_key_arn && alltrue([for secret in aws_secretsmanager_secret.app : secret.kms_key_id == var.kms_key_arn])
    error_message = "everything is under that key"
  }
}

run "two_paths_of_one_host_are_open_and_nothing_else" {
  command = apply

  assert {
    condition     = toset(flatten([for condition in aws_lb_listener_rule.web.condition : [for header in condition.host_header : header.values]])) == toset(["mayfly.ephemeral.example.gov.uk"])
    error_message = "the host is mayfly.<zone>"
  }

  assert {
    condition     = toset(flatten([for condition in aws_lb_listener_rule.web.condition : [for pattern in condition.path_pattern : pattern.values]])) == toset(["/api/github/webhooks", "/healthz"])
    error_message = "webhooks and the health page"
  }

  assert {
    condition     = aws_lb_listener_rule.web.priority < 100
    error_message = "environments have the priorities from 100 on"
  }

  assert {
    condition     = aws_lb_target_group.web.health_check[0].path == "/healthz" && tonumber(aws_lb_target_group.web.deregistration_delay) >= 10 && aws_lb_target_group.web.target_type == "ip"
    error_message = "health by the health page, and a delivery in hand is given GitHub's ten seconds"
  }

  assert {
    condition     = aws_route53_record.web[0].name == "mayfly.ephemeral.example.gov.uk" && aws_route53_record.web[0].alias[0].zone_id == "Z0LB" && output.webhook_url == "https://mayfly.ephemeral.example.gov.uk/api/github/webhooks"
    error_message = "the host is the load balancer's"
  }
}

run "the_api_is_a_third_path_with_a_secret_of_its_own" {
  command = apply

  variables {
    api = true
  }

  assert {
    condition     = toset(flatten([for condition in aws_lb_listener_rule.web.condition : [for pattern in condition.path_pattern : pattern.values]])) == toset(["/api/github/webhooks", "/healthz", "/api/environments"])
    error_message = "the environments are let through besides"
  }

  assert {
    condition     = aws_secretsmanager_secret.app["api-token"].name == "nonprod-mayfly/api-token" && [for secret in jsondecode(aws_ecs_task_definition.app["web"].container_definitions)[0].secrets : secret.name] == ["API_TOKEN", "PRIVATE_KEY", "WEBHOOK_SECRET"]
    error_message = "the token is handed over by its ARN"
  }

  assert {
    condition     = length(one([for statement in local.execution_statements : statement.Resource if statement.Sid == "ReadSecrets"])) == 3 && length(one([for statement in local.own_secret_statements : statement.Resource if statement.Sid == "NeverTheAppsOwn"])) == 3
    error_message = "ECS may read it, and Mayfly can never be made to copy it"
  }
}

run "a_host_of_another_zone_is_left_to_its_owner" {
  command = apply

  variables {
    host = "mayfly.tools.example.gov.uk"
  }

  assert {
    condition     = length(aws_route53_record.web) == 0 && output.webhook_url == "https://mayfly.tools.example.gov.uk/api/github/webhooks"
    error_message = "no record is made where the zone is not the one given"
  }
}

run "only_the_load_balancer_reaches_web_and_only_tasks_reach_postgres" {
  command = apply

  assert {
    condition     = aws_vpc_security_group_ingress_rule.web.referenced_security_group_id == "sg-0lb" && aws_vpc_security_group_ingress_rule.web.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.web.from_port == 3000 && aws_vpc_security_group_ingress_rule.web.to_port == 3000
    error_message = "web takes its port from the load balancer"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.database.referenced_security_group_id == aws_security_group.tasks.id && aws_vpc_security_group_ingress_rule.database.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.database.from_port == 5432 && aws_vpc_security_group_ingress_rule.database.to_port == 5432
    error_message = "the database takes Postgres from tasks"
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_egress_rule.tasks)) == toset(["80", "443"])
    error_message = "tasks call the web, and nothing else outside"
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.tasks_to_clones) == 0 && length(aws_vpc_security_group_ingress_rule.clones) == 0
    error_message = "no clone is reached that nobody named"
  }
}

run "the_database_is_private_encrypted_backed_up_and_speaks_tls_only" {
  command = apply

  assert {
    condition     = aws_db_instance.app[0].engine == "postgres" && aws_db_instance.app[0].storage_encrypted && !aws_db_instance.app[0].publicly_accessible && aws_db_instance.app[0].backup_retention_period == 7
    error_message = "a Postgres, encrypted, private, with a week of backups"
  }

  assert {
    condition     = aws_db_instance.app[0].deletion_protection && !aws_db_instance.app[0].skip_final_snapshot
    error_message = "deletion refused, a snapshot at the end"
  }

  assert {
    condition     = aws_db_parameter_group.app[0].family == "postgres17" && one(aws_db_parameter_group.app[0].parameter).name == "rds.force_ssl" && one(aws_db_parameter_group.app[0].parameter).value == "1" && aws_db_instance.app[0].parameter_group_name == "nonprod-mayfly-postgres17"
    error_message = "the instance refuses connections without TLS"
  }
}

run "a_database_that_is_there_is_used_and_none_is_made" {
  command = apply

  variables {
    existing_database = {
      url_secret_arn    = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared/mayfly-AbCdEf"
      security_group_id = "sg-0db"
      port              = 5433
    }
  }

  assert {
    condition     = length(aws_db_instance.app) == 0 && length(aws_security_group.database) == 0 && output.database_identifier == null && output.database_secret_arn == null
    error_message = "nothing of a database is made beside one that is given"
  }

  assert {
    condition     = local.secrets.DATABASE_URL == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared/mayfly-AbCdEf" && length(setintersection(keys(local.environment), ["DATABASE_URL", "DATABASE_SECRET", "DATABASE_CA_FILE"])) == 0
    error_message = "its URL is a secret, and all there is of it"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.database.security_group_id == "sg-0db" && aws_vpc_security_group_ingress_rule.database.from_port == 5433 && length([for statement in local.own_secret_statements : statement if statement.Effect == "Allow"]) == 0
    error_message = "its security group lets tasks in, and Mayfly reads no password"
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.app)) == toset(["no-healthy-web", "webhook-errors", "no-worker"])
    error_message = "whoever has the database watches it"
  }
}

run "each_service_is_scaled_by_itself" {
  command = apply

  variables {
    web    = { min_tasks = 3, max_tasks = 6 }
    worker = { min_tasks = 2, max_tasks = 5 }
  }

  assert {
    condition     = { for role, target in aws_appautoscaling_target.app : role => [target.resource_id, target.min_capacity, target.max_capacity] } == { web = ["service/nonprod/nonprod-mayfly-web", 3, 6], worker = ["service/nonprod/nonprod-mayfly-worker", 2, 5] }
    error_message = "each between its own bounds"
  }

  assert {
    condition     = aws_appautoscaling_policy.requests.target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == "app/nonprod/1/targetgroup/nonprod-mayfly-web/3"
    error_message = "web follows the requests of its target group on the shared load balancer"
  }
}

run "somebody_is_told" {
  command = apply

  variables {
    alarm_topic_arns = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.app)) == toset(["no-healthy-web", "webhook-errors", "no-worker", "database-storage", "database-cpu", "database-connections"])
    error_message = "six alarms"
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.app : alarm.alarm_actions == toset(var.alarm_topic_arns) && alarm.ok_actions == toset(var.alarm_topic_arns)])
    error_message = "each tells of its beginning and of its end"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.app["no-worker"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.app["no-healthy-web"].treat_missing_data == "breaching"
    error_message = "a service of which nothing is heard is down"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.app["no-worker"].dimensions == tomap({ ClusterName = "nonprod", ServiceName = "nonprod-mayfly-worker" }) && aws_cloudwatch_metric_alarm.app["no-healthy-web"].dimensions == tomap({ LoadBalancer = "app/nonprod/1", TargetGroup = "targetgroup/nonprod-mayfly-web/3" })
    error_message = "of these services"
  }
}

run "settings_that_nobody_made_are_left_to_mayfly" {
  command = apply

  variables {
    settings = { allowed_bots = ["renovate[bot]", "deploy-bot"], workers = 8, label_permission = "triage", asks_per_user = 50, sweep = "dry-run", sweep_grace_minutes = 90 }
  }

  assert {
    condition     = local.environment.ALLOWED_BOTS == "renovate[bot],deploy-bot" && local.environment.WORKERS == "8" && local.environment.ASKS_PER_USER == "50" && local.environment.SWEEP == "dry-run" && local.environment.SWEEP_GRACE_MINUTES == "90" && local.environment.LABEL_PERMISSION == "triage" && local.environment.APP_ID == "123456"
    error_message = "what was set is passed on, as text"
  }

  assert {
    condition     = length(setintersection(keys(local.environment), ["LOG_LEVEL", "TRIGGER_LABEL", "GITHUB_API_URL", "ASKS_PER_REPOSITORY"])) == 0
    error_message = "what was not set is not there"
  }
}

run "a_platform_without_a_worker_is_refused" {
  command = plan

  variables {
    worker = { min_tasks = 0 }
  }

  expect_failures = [var.worker]
}

run "sizes_that_fargate_does_not_have_are_refused" {
  command = plan

  variables {
    web    = { cpu = 256, memory = 4096 }
    worker = { cpu = 300, memory = 512 }
  }

  expect_failures = [var.web, var.worker]
}

run "logs_are_encrypted_with_the_key_given" {
  command = plan

  variables {
    log_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/logs"
  }

  assert {
    condition     = aws_cloudwatch_log_group.app.kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/logs"
    error_message = "the group has the key"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                     = "Non_Prod"
    vpc_id                   = "subnet-0abc"
    subnet_ids               = ["subnet-0a", "subnet-0a"]
    listener_rule_priority   = 100
    host                     = "https://mayfly.example.gov.uk"
    image                    = "mayfly:latest"
    architecture             = "arm64"
    user                     = "0"
    app_id                   = 0
    platform_parameter       = "mayfly"
    settings                 = { log_level = "loud" }
    policies                 = { everything = "everything" }
    permissions_boundary_arn = "boundary"
    database                 = { engine_version = "12", storage_gb = 5 }
    database_ca_file         = "global-bundle.pem"
    kms_key_arn              = "alias/own"
    secret_recovery_days     = 3
    log_retention_days       = 8
    log_kms_key_arn          = "arn:aws:kms:eu-west-1:123456789012:alias/logs"
    alarm_topic_arns         = ["alarms"]
  }

  expect_failures = [
    var.name, var.vpc_id, var.subnet_ids, var.listener_rule_priority, var.host, var.image, var.architecture, var.user,
    var.app_id, var.platform_parameter, var.settings, var.policies, var.permissions_boundary_arn, var.database,
    var.database_ca_file, var.kms_key_arn, var.secret_recovery_days, var.log_retention_days, var.log_kms_key_arn,
    var.alarm_topic_arns,
  ]
}

run "clones_take_mysql_from_tasks_where_they_are_named" {
  command = apply

  variables {
    clone_security_group_ids = ["sg-0clones"]
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.clones["0"].security_group_id == "sg-0clones" && aws_vpc_security_group_ingress_rule.clones["0"].referenced_security_group_id == aws_security_group.tasks.id && aws_vpc_security_group_ingress_rule.clones["0"].cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.clones["0"].from_port == 3306 && aws_vpc_security_group_ingress_rule.clones["0"].to_port == 3306
    error_message = "clones take MySQL from tasks alone"
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.tasks_to_clones["0"].security_group_id == aws_security_group.tasks.id && aws_vpc_security_group_egress_rule.tasks_to_clones["0"].referenced_security_group_id == "sg-0clones" && aws_vpc_security_group_egress_rule.tasks_to_clones["0"].cidr_ipv4 == null && aws_vpc_security_group_egress_rule.tasks_to_clones["0"].from_port == 3306 && aws_vpc_security_group_egress_rule.tasks_to_clones["0"].to_port == 3306
    error_message = "tasks reach clones at MySQL's port alone"
  }
}

run "what_is_not_what_it_is_given_as_is_refused" {
  command = plan

  variables {
    cluster_arn = "nonprod"
    zone        = { id = "/hostedzone/Z0ZONE", name = "ephemeral.example.gov.uk." }
    load_balancer = {
      arn               = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/nonprod/1"
      listener_arn      = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/nonprod/1/2"
      dns_name          = "nonprod-1.eu-west-1.elb.amazonaws.com"
      zone_id           = "Z0LB"
      security_group_id = "lb"
    }
    existing_database        = { url_secret_arn = "postgres://mayfly@db/mayfly", security_group_id = "db" }
    clone_security_group_ids = ["clones"]
  }

  expect_failures = [var.cluster_arn, var.zone, var.load_balancer, var.existing_database, var.clone_security_group_ids]
}
