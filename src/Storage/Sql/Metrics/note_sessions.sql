-- Notes starts and ends of sessions; the first of each counts. Parameters, parallel arrays, each
-- session once: $1 user ids, $2 session ids, $3 started at, $4 ended at (null: not known here).
-- Indexes: customer_data_keys_pkey, customer_sessions_pkey.
INSERT INTO customer_sessions (user_id, session_id, started_at, ended_at)
SELECT i.user_id, i.session_id, i.started_at, i.ended_at
FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
    AS i (user_id, session_id, started_at, ended_at)
WHERE EXISTS (SELECT FROM customer_data_keys k WHERE k.user_id = i.user_id)
ON CONFLICT (user_id, session_id) DO UPDATE
SET started_at = coalesce(customer_sessions.started_at, EXCLUDED.started_at),
    ended_at = coalesce(customer_sessions.ended_at, EXCLUDED.ended_at)
