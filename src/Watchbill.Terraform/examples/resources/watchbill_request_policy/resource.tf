data "watchbill_teams" "acme" {
  source = watchbill_source.acme.id
}

resource "watchbill_request_policy" "on_call" {
  name            = "On call"
  source          = watchbill_source.acme.id
  asker_teams     = [for team in data.watchbill_teams.acme.teams : team.id if team.slug == "on-call"]
  longest_minutes = 240
  ticket_pattern  = "^INC-[0-9]+$"

  steps = [
    { rules = ["team-admin", "named"], named = ["ada@example.com"] },
  ]

  automatic = {
    up_to_minutes = 60
    from_hour     = 8
    until_hour    = 18
    time_zone     = "Europe/Berlin"
  }

  emergency_minutes = 120
}
