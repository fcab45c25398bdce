-- Deletes stored replies that no longer count, a bounded number at a time.
-- Parameters: $1 created before, $2 rows at most. Index: idempotent_replies_age (BRIN).
DELETE FROM idempotent_replies
WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotent_replies WHERE created_at <= $1 LIMIT $2))
