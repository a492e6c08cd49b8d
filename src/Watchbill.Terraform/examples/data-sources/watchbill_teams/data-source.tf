data "watchbill_teams" "acme" {
  source = watchbill_source.acme.id
}
