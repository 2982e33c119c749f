variable "zone" {
  description = "The domain that the ephemeral zone is made below: `example.gov.uk` makes `ephemeral.example.gov.uk`."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.zone))
    error_message = "zone must be a domain name in lower case, without a dot at its end."
  }

  # ACM takes at most 64 characters of a certificate's first name (RequestCertificate, DomainName).
  validation {
    condition     = length("*.ephemeral.${var.zone}") <= 64
    error_message = "zone is too long: `*.ephemeral.<zone>` has to fit 64 characters."
  }
}

variable "parent_zone_id" {
  description = "The hosted zone of `zone` in this account, which the delegation is written to; null leaves that to whoever owns it."
  type        = string
  default     = null

  validation {
    condition     = var.parent_zone_id == null ? true : can(regex("^Z[A-Z0-9]+$", var.parent_zone_id))
    error_message = "parent_zone_id must be a hosted zone's id, such as Z0ABC, without /hostedzone/ in front."
  }
}

variable "wait_for_certificate" {
  description = "Whether to wait until the certificate is issued, which happens only once the zone is delegated."
  type        = bool
  default     = true
}

variable "certificate_timeout" {
  description = "How long to wait for the certificate: a duration such as `45m`."
  type        = string
  default     = "45m"

  validation {
    condition     = can(regex("^[1-9][0-9]*[smh]$", var.certificate_timeout))
    error_message = "certificate_timeout must be a duration such as 45m."
  }
}

variable "force_destroy" {
  description = "Whether destroying the zone takes records along that environments left in it."
  type        = bool
  default     = false
}
