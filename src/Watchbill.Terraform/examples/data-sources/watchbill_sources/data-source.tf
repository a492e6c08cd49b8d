data "watchbill_sources" "all" {}
