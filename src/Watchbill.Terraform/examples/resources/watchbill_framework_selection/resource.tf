resource "watchbill_framework_selection" "ours" {
  frameworks = ["iso-27001-2022-annex-a", "soc2-tsc-2017-rev2022"]
  reason     = "What we are audited against."
}
