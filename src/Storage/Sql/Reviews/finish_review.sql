-- Ends the pass. Parameters: $1 epoch, $2 now, $3 when the next one begins. No row is changed when
-- somebody else has it. Index: review_pass_pkey.
UPDATE review_pass
SET reviewed_to = '00000000-0000-0000-0000-000000000000', leased_until = $2, next_at = $3
WHERE id = 1 AND epoch = $1
