-- Records how far the pass came and keeps it for longer. Parameters: $1 epoch, $2 the last
-- customer who was reviewed, $3 until when nobody else takes it. No row is changed when somebody
-- else has it. Index: review_pass_pkey.
UPDATE review_pass
SET reviewed_to = $2, leased_until = $3
WHERE id = 1 AND epoch = $1
