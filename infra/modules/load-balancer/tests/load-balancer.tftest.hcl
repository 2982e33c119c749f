mock_provider "aws" {}

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
    condition = alltrue([
      for listener in [aws_lb_listener.http, aws_lb_listener.https] :
      listener.default_action[0].type == "fixed-response" && listener.default_action[0].fixed_response[0].status_code == "404" && listener.default_action[0].fixed_response[0].message_body == "Not found"
    ])
    error_message = "both listeners answer with a plain 404"
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
  }

  expect_failures = [var.name, var.subnet_ids, var.security_group_ids, var.certificate_arn, var.idle_timeout_seconds]
}
