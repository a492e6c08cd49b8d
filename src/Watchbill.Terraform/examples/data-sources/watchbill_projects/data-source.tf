data "watchbill_projects" "acme" {
  source = watchbill_source.acme.id
}
