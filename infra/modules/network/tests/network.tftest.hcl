mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
}

variables {
  name = "nonprod"
}

run "makes_a_vpc_with_two_subnets_of_each_kind_in_two_zones" {
  command = plan

  assert {
    condition     = length(aws_vpc.this) == 1 && length(aws_nat_gateway.this) == 1 && length(aws_internet_gateway.this) == 1
    error_message = "one VPC, one NAT gateway and one internet gateway are made"
  }

  assert {
    condition     = aws_subnet.public[*].availability_zone == ["eu-west-1a", "eu-west-1b"] && aws_subnet.private[*].availability_zone == ["eu-west-1a", "eu-west-1b"]
    error_message = "each kind of subnet spans two zones"
  }

  assert {
    condition     = length(distinct(concat(aws_subnet.public[*].cidr_block, aws_subnet.private[*].cidr_block))) == 4
    error_message = "no two subnets share addresses"
  }
}

run "only_mysql_reaches_a_database" {
  command = plan

  assert {
    condition     = aws_vpc_security_group_ingress_rule.database.from_port == 3306 && aws_vpc_security_group_ingress_rule.database.to_port == 3306 && aws_vpc_security_group_ingress_rule.database.cidr_ipv4 == null
    error_message = "the database takes MySQL from a security group, from no address"
  }
}

run "the_load_balancer_is_open_to_those_named_only" {
  command = plan

  variables {
    ingress_cidr_blocks = ["192.0.2.0/24"]
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_ingress_rule.load_balancer)) == toset(["192.0.2.0/24-80", "192.0.2.0/24-443"])
    error_message = "two rules for one block, and no others"
  }
}

run "an_existing_vpc_is_used_and_none_is_made" {
  command = plan

  variables {
    existing = {
      vpc_id             = "vpc-0abc"
      public_subnet_ids  = ["subnet-0a", "subnet-0b"]
      private_subnet_ids = ["subnet-0c", "subnet-0d"]
    }
  }

  assert {
    condition     = length(aws_vpc.this) == 0 && length(aws_subnet.private) == 0 && length(aws_nat_gateway.this) == 0
    error_message = "nothing of a VPC is made beside one that is given"
  }

  assert {
    condition     = output.vpc_id == "vpc-0abc" && output.private_subnet_ids == tolist(["subnet-0c", "subnet-0d"]) && aws_security_group.database.vpc_id == "vpc-0abc"
    error_message = "the outputs and the security groups are of the VPC given"
  }
}

run "one_private_subnet_is_refused" {
  command = plan

  variables {
    existing = {
      vpc_id             = "vpc-0abc"
      public_subnet_ids  = ["subnet-0a", "subnet-0b"]
      private_subnet_ids = ["subnet-0c"]
    }
  }

  expect_failures = [var.existing]
}

run "a_vpc_id_of_another_kind_is_refused" {
  command = plan

  variables {
    existing = {
      vpc_id             = "subnet-0abc"
      public_subnet_ids  = ["subnet-0a", "subnet-0b"]
      private_subnet_ids = ["subnet-0c", "subnet-0d"]
    }
  }

  expect_failures = [var.existing]
}

run "bad_names_and_addresses_are_refused" {
  command = plan

  variables {
    name                = "Non_Prod"
    cidr_block          = "10.20.0.0/28"
    ingress_cidr_blocks = ["everyone"]
  }

  expect_failures = [var.name, var.cidr_block, var.ingress_cidr_blocks]
}
