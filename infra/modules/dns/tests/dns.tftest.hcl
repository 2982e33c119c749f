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
        # Every certificate of these tests gets the options of all; each looks for its own.
        { domain_name = "*.api.ephemeral.example.gov.uk", resource_record_name = "_a.api.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.web.ephemeral.example.gov.uk", resource_record_name = "_a.web.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.a.ephemeral.example.gov.uk", resource_record_name = "_a.a.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.b.ephemeral.example.gov.uk", resource_record_name = "_a.b.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.c.ephemeral.example.gov.uk", resource_record_name = "_a.c.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.d.ephemeral.example.gov.uk", resource_record_name = "_a.d.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.e.ephemeral.example.gov.uk", resource_record_name = "_a.e.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.f.ephemeral.example.gov.uk", resource_record_name = "_a.f.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.g.ephemeral.example.gov.uk", resource_record_name = "_a.g.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.h.ephemeral.example.gov.uk", resource_record_name = "_a.h.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.i.ephemeral.example.gov.uk", resource_record_name = "_a.i.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.j.ephemeral.example.gov.uk", resource_record_name = "_a.j.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
        { domain_name = "*.k.ephemeral.example.gov.uk", resource_record_name = "_a.k.ephemeral.example.gov.uk.", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws." },
      ]
    }
  }
  mock_resource "aws_route53_record" {
    defaults = { fqdn = "_a.ephemeral.example.gov.uk" }
  }
  mock_data "aws_route53_zone" {
    defaults = { name = "example.gov.uk", zone_id = "Z0PARENT", private_zone = false }
  }
}

variables {
  zone      = "example.gov.uk"
  delegated = true
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
    delegated      = false
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
    delegated            = false
    wait_for_certificate = false
  }

  assert {
    condition     = length(aws_acm_certificate_validation.wildcard) == 0 && output.certificate_arn == "arn:aws:acm:eu-west-1:123456789012:certificate/made"
    error_message = "nothing waits, and the certificate is handed on as it is"
  }
}

run "a_zone_that_nothing_delegates_is_told_before_anything_is_made" {
  command = plan

  variables {
    delegated = false
  }

  expect_failures = [var.wait_for_certificate]
}

run "another_zone_is_no_parent" {
  command = plan

  variables {
    parent_zone_id = "Z0OTHER"
  }

  override_data {
    target = data.aws_route53_zone.parent
    values = { name = "example.org", zone_id = "Z0OTHER", private_zone = false }
  }

  expect_failures = [data.aws_route53_zone.parent]
}

run "services_named_get_a_wildcard_each" {
  command = apply

  variables {
    inverted_services = ["web", "api"]
  }

  assert {
    condition     = aws_acm_certificate.inverted["0"].domain_name == "*.api.ephemeral.example.gov.uk" && length(aws_acm_certificate.inverted) == 1
    error_message = "both names are on one certificate"
  }

  assert {
    condition     = aws_route53_record.inverted["web"].name == "_a.web.ephemeral.example.gov.uk." && aws_route53_record.inverted["api"].name == "_a.api.ephemeral.example.gov.uk."
    error_message = "each name is proved by a record of its own"
  }

  assert {
    condition     = join(" ", output.certificate_names) == "ephemeral.example.gov.uk *.ephemeral.example.gov.uk *.api.ephemeral.example.gov.uk *.web.ephemeral.example.gov.uk" && output.inverted_certificate_arns["inverted-0"] == "arn:aws:acm:eu-west-1:123456789012:certificate/made"
    error_message = "Mayfly is told of the names, and the listener of the certificate"
  }

  assert {
    condition     = output.covered_forms["{env}.{service}.{zone}"] == "api, web" && output.covered_forms["{service}.{env}.{zone}"] == "none"
    error_message = "the output says which forms are covered"
  }
}

run "a_certificate_takes_ten_names" {
  command = apply

  variables {
    inverted_services = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]
  }

  assert {
    condition     = length(aws_acm_certificate.inverted) == 2 && aws_acm_certificate.inverted["1"].domain_name == "*.k.ephemeral.example.gov.uk"
    error_message = "the eleventh name is on a second certificate"
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

run "a_service_too_long_for_a_certificate_is_refused" {
  command = plan

  variables {
    inverted_services = ["a-service-with-a-name-that-is-much-too-long"]
  }

  expect_failures = [var.inverted_services]
}

run "a_service_that_is_no_label_is_refused" {
  command = plan

  variables {
    inverted_services = ["Web_1"]
  }

  expect_failures = [var.inverted_services]
}
