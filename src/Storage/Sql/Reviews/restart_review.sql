-- Has the pass begin anew: who is at it loses it. Parameter: $1 when. Index: review_pass_pkey.
UPDATE review_pass
SET epoch = epoch + 1, reviewed_to = '00000000-0000-0000-0000-000000000000',
    leased_until = $1, next_at = $1
WHERE id = 1
