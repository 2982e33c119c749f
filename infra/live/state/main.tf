module "state" {
  source = "../../modules/state"

  name        = var.name
  kms_key_arn = var.kms_key_arn
  protect     = var.protect
}
