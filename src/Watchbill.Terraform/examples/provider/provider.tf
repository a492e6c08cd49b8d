terraform {
  required_providers {
    watchbill = {
      source = "watchbill/watchbill"
    }
  }
}

# The token is read from WATCHBILL_TOKEN, which keeps it out of files.
provider "watchbill" {
  server = "https://watchbill.example.com"
}
