mock_provider "aws" {
  mock_resource "aws_route53_zone" {
    defaults = { zone_id = "Z0MADE", name_servers = ["ns-1.example.net", "ns-2.example.net"] }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-west-1:123456789012:certificate/made"
      domain_validation_options = [
        { domain_name = "ephemeral.example.gov.uk", resource_record_name = "_a.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.ephemeral.example.gov.uk", resource_record_name = "_a.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
      ]
    }
  }
  mock_resource "aws_route53_record" {
    defaults = { fqdn = "_a.ephemeral.example.gov.uk" }
  }
}

variables {
  zone = "example.gov.uk"
}

run "the_zone_and_its_certificate_have_the_ephemeral_name" {
  command = plan

  assert {
    condition     = aws_route53_zone.ephemeral.name == "ephemeral.example.gov.uk" && output.zone == "ephemeral.example.gov.uk"
    error_message = "the zone is ephemeral.<zone>"
  }

  assert {
    condition     = aws_acm_certificate.wildcard.domain_name == "ephemeral.example.gov.uk" && contains(aws_acm_certificate.wildcard.subject_alternative_names, "*.ephemeral.example.gov.uk") && aws_acm_certificate.wildcard.validation_method == "DNS"
    error_message = "the certificate is for the zone and one label below it"
  }

  assert {
    condition     = length(aws_route53_record.delegation) == 0
    error_message = "without a parent zone no delegation is written"
  }
}

run "the_certificate_is_validated_and_waited_for" {
  command = apply

  assert {
    condition     = aws_route53_record.validation.name == "_a.ephemeral.example.gov.uk." && aws_route53_record.validation.zone_id == "Z0MADE"
    error_message = "the record that ACM asked for is in the zone"
  }

  assert {
    condition     = length(aws_acm_certificate_validation.wildcard) == 1 && aws_acm_certificate_validation.wildcard[0].validation_record_fqdns == toset(["_a.ephemeral.example.gov.uk"])
    error_message = "the certificate is waited for, after its record is there"
  }
}

run "a_parent_zone_gets_the_delegation" {
  command = apply

  variables {
    parent_zone_id = "Z0PARENT"
  }

  assert {
    condition     = aws_route53_record.delegation[0].zone_id == "Z0PARENT" && aws_route53_record.delegation[0].type == "NS" && aws_route53_record.delegation[0].records == toset(["ns-1.example.net", "ns-2.example.net"])
    error_message = "the parent's NS record holds the zone's name servers"
  }
}

run "waiting_can_be_switched_off" {
  command = apply

  variables {
    wait_for_certificate = false
  }

  assert {
    condition     = length(aws_acm_certificate_validation.wildcard) == 0 && output.certificate_arn == "arn:aws:acm:eu-west-1:123456789012:certificate/made"
    error_message = "nothing waits, and the certificate is handed on as it is"
  }
}

run "bad_input_is_refused" {
  command = plan

  variables {
    zone                = "Example.gov.uk."
    parent_zone_id      = "/hostedzone/Z0PARENT"
    certificate_timeout = "soon"
  }

  expect_failures = [var.zone, var.parent_zone_id, var.certificate_timeout]
}

run "a_zone_too_long_for_a_certificate_is_refused" {
  command = plan

  variables {
    zone = "a-department-with-a-very-long-name.and-a-directorate.example.gov.uk"
  }

  expect_failures = [var.zone]
}
