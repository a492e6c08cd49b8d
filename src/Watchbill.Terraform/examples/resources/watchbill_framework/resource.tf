resource "watchbill_framework" "baseline" {
  id            = "acme-baseline"
  name          = "Acme baseline"
  edition       = "2026"
  control_count = 40

  controls = [
    {
      id     = "AC-1"
      title  = "Everybody uses a second factor"
      theme  = "access"
      checks = ["member-strong-auth"]
    },
  ]
}
