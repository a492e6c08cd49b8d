resource "watchbill_exception" "break_glass" {
  source        = watchbill_source.acme.id
  check         = "member-inactive"
  resource_kind = "member"
  resource_key  = "4711"
  reason        = "The break-glass account signs in only in an emergency."
  ends_at       = "2027-06-30T00:00:00Z"
}
