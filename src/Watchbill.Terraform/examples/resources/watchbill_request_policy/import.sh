# By its number or its name.
terraform import watchbill_request_policy.on_call "On call"
