# By the number of the review.
terraform import watchbill_access_review.quarterly 7
