variable "secret_name" {
  description = "The secret that the password is kept in."
  type        = string
}

variable "tags" {
  description = "The secret's tags."
  type        = map(string)
}
