-- Removes old rows of courier_messages, some at a time, oldest first.
-- $1 rows with finished_at before this time go, $2 rows at most (integer). Uses courier_messages_age.
DELETE FROM courier_messages
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM courier_messages
    WHERE state <> 'waiting' AND finished_at < $1
    ORDER BY finished_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
