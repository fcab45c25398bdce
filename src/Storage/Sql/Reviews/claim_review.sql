-- Takes the pass over all customers, if it is time and nobody is at it. Parameters: $1 now,
-- $2 until when nobody else takes it. One row, or none: epoch, the customer after whom it goes
-- on. Index: review_pass_pkey.
UPDATE review_pass
SET epoch = epoch + 1, leased_until = $2
WHERE id = 1 AND next_at <= $1 AND leased_until <= $1
RETURNING epoch, reviewed_to
