# By its number.
terraform import watchbill_exception.break_glass 3
