# One service that anybody can pull, and no database of its own making: a clone of the platform's source.
services = {
  web = {
    image       = "public.ecr.aws/nginx/nginx:1.27"
    port        = 80
    hosts       = ["web"]
    environment = { DB_HOST = "$${db.endpoint}" }
    secrets     = { DB_PASSWORD = "$${db.secretArn}:password::" }
  }
}
