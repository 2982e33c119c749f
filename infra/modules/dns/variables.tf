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

variable "delegated" {
  description = "Whether whoever owns the parent zone has made the NS record already; only asked where `parent_zone_id` is not given."
  type        = bool
  default     = false
}

variable "wait_for_certificate" {
  description = "Whether to wait until the certificates are issued, which happens only once the zone is delegated."
  type        = bool
  default     = true

  validation {
    condition     = !var.wait_for_certificate || var.parent_zone_id != null || var.delegated
    error_message = "Nothing says that ephemeral.${var.zone} is delegated, so its certificate would be waited for in vain. Where the zone of ${var.zone} is in this account, give parent_zone_id. Where it is not, apply with wait_for_certificate = false, have the NS record made with the name servers that this prints, and apply with delegated = true."
  }
}

variable "inverted_services" {
  description = "Host prefixes of services that get a wildcard each, `*.<service>.<zone>`, for hosts of the form `{env}.{service}.{zone}`."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for service in var.inverted_services : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", service))])
    error_message = "inverted_services must be labels of DNS: lower case letters, digits and inner hyphens, at most 63."
  }

  # Each may become the first name of a certificate (RequestCertificate, DomainName).
  validation {
    condition     = alltrue([for service in var.inverted_services : length("*.${service}.ephemeral.${var.zone}") <= 64])
    error_message = "inverted_services are too long for this zone: `*.<service>.ephemeral.<zone>` has to fit 64 characters."
  }

  # Certificates that a load balancer holds besides its first, by default (Elastic Load Balancing quotas).
  validation {
    condition     = length(var.inverted_services) <= 25 * 10
    error_message = "inverted_services must be at most 250: a load balancer holds 25 certificates of ten names."
  }
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
