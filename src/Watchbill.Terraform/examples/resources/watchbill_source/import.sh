# By its number or its name. The token is not told: write it, and it is compared by its last four characters.
terraform import watchbill_source.acme Acme
