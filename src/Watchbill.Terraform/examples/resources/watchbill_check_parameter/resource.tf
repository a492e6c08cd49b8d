resource "watchbill_check_parameter" "inactive" {
  source    = watchbill_source.acme.id
  check     = "member-inactive"
  parameter = "inactiveDays"
  value     = "45"
  reason    = "CIS Controls 5.3"
}
