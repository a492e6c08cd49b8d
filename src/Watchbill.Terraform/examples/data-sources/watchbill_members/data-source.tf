data "watchbill_members" "acme" {
  source = watchbill_source.acme.id
}

output "owners" {
  value = [for member in data.watchbill_members.acme.members : member.email if member.role == "owner"]
}
