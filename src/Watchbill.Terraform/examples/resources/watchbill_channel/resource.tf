variable "slack_address" {
  type      = string
  sensitive = true
}

resource "watchbill_channel" "ops" {
  name    = "Ops"
  kind    = "slack"
  address = var.slack_address
  source  = watchbill_source.acme.id
}
