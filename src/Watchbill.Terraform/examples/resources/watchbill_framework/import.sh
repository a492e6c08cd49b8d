# By its id.
terraform import watchbill_framework.baseline acme-baseline
