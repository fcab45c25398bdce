-- Takes messages that are due, for the length of a lease: a silo that dies while carrying them
-- leaves them to the others. No lock is held while sending.
-- $1 now, $2 end of the lease, $3 rows at most (integer).
-- Returns id, payload, attempts (this one included), expires_at. Uses courier_messages_due.
UPDATE courier_messages
SET attempts = attempts + 1, next_attempt_at = $2
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM courier_messages
    WHERE state = 'waiting' AND next_attempt_at <= $1
    ORDER BY next_attempt_at
    LIMIT $3
    FOR UPDATE SKIP LOCKED))
RETURNING id, payload, attempts, expires_at;
