variable "sentry_token" {
  type      = string
  sensitive = true
}

resource "watchbill_source" "acme" {
  name         = "Acme"
  application  = "Shop"
  address      = "de.sentry.io"
  organization = "acme"
  token        = var.sentry_token
  owners       = ["ada@example.com"]
  schedule     = "hourly"
}
