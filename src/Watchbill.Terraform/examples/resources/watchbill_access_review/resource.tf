resource "watchbill_access_review" "quarterly" {
  name                 = "Quarterly access review"
  source               = watchbill_source.acme.id
  owner                = "ada@example.com"
  second               = "grace@example.com"
  reviewer_rules       = ["team-admin", "manager"]
  days                 = 14
  starts_at            = "2027-01-04T08:00:00Z"
  repeats_every_months = 3

  later = [
    { rules = ["named"], named = ["grace@example.com"] },
  ]
}
