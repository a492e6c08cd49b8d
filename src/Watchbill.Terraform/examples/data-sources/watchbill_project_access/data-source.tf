data "watchbill_project_access" "checkout" {
  source  = watchbill_source.acme.id
  project = "checkout-api"
}
