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
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/nonprod/1" }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/nonprod/1/2" }
  }
}

variables {
  name               = "nonprod"
  subnet_ids         = ["subnet-0a", "subnet-0b"]
  security_group_ids = ["sg-0a"]
  certificate_arn    = "arn:aws:acm:eu-west-1:123456789012:certificate/made"
}

run "https_speaks_modern_tls_only" {
  command = plan

  assert {
    condition     = aws_lb_listener.https.port == 443 && aws_lb_listener.https.protocol == "HTTPS" && aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    error_message = "the listener on 443 has a policy of TLS 1.2 and 1.3"
  }

  assert {
    condition     = aws_lb_listener.https.certificate_arn == var.certificate_arn
    error_message = "the listener has the certificate given"
  }
}

run "a_host_without_an_environment_gets_a_404_that_names_nothing" {
  command = plan

  assert {
    condition     = aws_lb_listener.https.default_action[0].type == "fixed-response" && aws_lb_listener.https.default_action[0].fixed_response[0].status_code == "404" && aws_lb_listener.https.default_action[0].fixed_response[0].message_body == "Not found"
    error_message = "the listener on 443 answers with a plain 404"
  }
}

run "plain_http_leads_to_https_and_is_not_remembered" {
  command = plan

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http.default_action[0].redirect[0].port == "443" && aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_302"
    error_message = "whoever comes by HTTP is sent to the same address by HTTPS, for now"
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].redirect[0].host == null && aws_lb_listener.http.default_action[0].redirect[0].path == null
    error_message = "host and path stay as they came: the redirect names nothing that was not asked for"
  }
}

run "further_certificates_are_the_listeners" {
  command = plan

  variables {
    certificate_arns = { inverted-0 = "arn:aws:acm:eu-west-1:123456789012:certificate/further" }
  }

  assert {
    condition     = aws_lb_listener_certificate.further["inverted-0"].certificate_arn == "arn:aws:acm:eu-west-1:123456789012:certificate/further"
    error_message = "the listener on 443 has the certificate besides its own"
  }
}

run "requests_are_logged_to_a_bucket_of_its_own" {
  command = apply

  variables {
    access_logs = { bucket = "nonprod-requests", prefix = "lb" }
  }

  override_resource {
    target = aws_s3_bucket.access_logs
    values = { id = "nonprod-requests", arn = "arn:aws:s3:::nonprod-requests" }
  }

  assert {
    condition     = aws_lb.shared.access_logs[0].enabled && aws_lb.shared.access_logs[0].bucket == "nonprod-requests" && aws_lb.shared.access_logs[0].prefix == "lb"
    error_message = "the load balancer logs to the bucket, below the prefix"
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.access_logs["access_logs"].policy).Statement[0].Principal.Service == "logdelivery.elasticloadbalancing.amazonaws.com" && jsondecode(aws_s3_bucket_policy.access_logs["access_logs"].policy).Statement[0].Resource == "arn:aws:s3:::nonprod-requests/lb/AWSLogs/123456789012/*"
    error_message = "the service of load balancers writes below this account's prefix, and nowhere else"
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.access_logs["access_logs"].rule[0].expiration[0].days == 30 && aws_s3_bucket_public_access_block.access_logs["access_logs"].restrict_public_buckets && one(aws_s3_bucket_server_side_encryption_configuration.access_logs["access_logs"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "logs are private, encrypted in the one way that load balancers write, and go after a month"
  }
}

run "a_bucket_that_is_there_is_used" {
  command = plan

  variables {
    access_logs = { bucket = "everybodys-requests", create = false }
  }

  assert {
    condition     = length(aws_s3_bucket.access_logs) == 0 && aws_lb.shared.access_logs[0].bucket == "everybodys-requests"
    error_message = "no bucket is made"
  }
}

run "nothing_is_logged_and_nobody_asked_to_sign_in_unless_said" {
  command = plan

  assert {
    condition     = length(aws_lb.shared.access_logs) == 0 && output.authentication == null && output.access_log_bucket == null
    error_message = "neither logs nor a user pool"
  }
}

run "a_user_pool_is_passed_on_to_mayfly" {
  command = plan

  variables {
    authentication = {
      user_pool_arn       = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC"
      user_pool_client_id = "1example23456789"
      user_pool_domain    = "nonprod-people"
      trusted_cidrs       = ["10.0.0.0/16"]
    }
  }

  assert {
    condition     = output.authentication.cognito.userPoolDomain == "nonprod-people" && output.authentication.trustedCidrs == tolist(["10.0.0.0/16"])
    error_message = "the platform document gets what a rule needs, which holds no secret"
  }
}

run "it_faces_the_internet_and_is_protected" {
  command = plan

  assert {
    condition     = aws_lb.shared.internal == false && aws_lb.shared.load_balancer_type == "application" && aws_lb.shared.enable_deletion_protection && aws_lb.shared.drop_invalid_header_fields
    error_message = "an application load balancer that refuses deletion and invalid headers"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    name                 = "a-name-that-is-too-long"
    subnet_ids           = ["subnet-0a", "subnet-0a"]
    security_group_ids   = []
    certificate_arn      = "arn:aws:iam::123456789012:server-certificate/old"
    idle_timeout_seconds = 4001
    ssl_policy           = "ELBSecurityPolicy-2016-08"
    certificate_arns     = { old = "arn:aws:iam::123456789012:server-certificate/old" }
    access_logs          = { bucket = "Requests", prefix = "/AWSLogs", retention_days = 0 }
    authentication = {
      user_pool_arn       = "eu-west-1_AbC"
      user_pool_client_id = ""
      user_pool_domain    = "https://nonprod-people"
      trusted_cidrs       = ["0.0.0.0/0"]
    }
  }

  expect_failures = [
    var.name, var.subnet_ids, var.security_group_ids, var.certificate_arn, var.idle_timeout_seconds, var.ssl_policy,
    var.certificate_arns, var.access_logs, var.authentication,
  ]
}
