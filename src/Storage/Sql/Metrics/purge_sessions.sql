-- Forgets sessions that began or ended long ago. Parameters: $1 before, $2 rows at most.
-- Index: customer_sessions_age.
DELETE FROM customer_sessions
WHERE (user_id, session_id) IN (
    SELECT user_id, session_id FROM customer_sessions
    WHERE coalesce(ended_at, started_at) < $1
    LIMIT $2)
