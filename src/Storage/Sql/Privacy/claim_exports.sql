-- Takes exports that wait to be made, for the length of a lease: one whose silo died is taken over.
-- No lock is held while it is made. One that failed as often as it may is given up.
-- Parameters: $1 now, $2 end of the lease, $3 rows at most.
-- Returns id, user_id, attempts (this one included). Index: privacy_exports_due.
UPDATE privacy_exports
SET attempts = attempts + 1, next_attempt_at = $2
WHERE id = ANY (ARRAY(
    SELECT id
    FROM privacy_exports
    WHERE state = 'running' AND next_attempt_at <= $1 AND attempts < 5
    ORDER BY next_attempt_at
    LIMIT $3
    FOR UPDATE SKIP LOCKED))
RETURNING id, user_id, attempts
