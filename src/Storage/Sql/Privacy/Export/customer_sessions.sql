-- For an export: sessions of apps. Parameter: $1 customer. Index: customer_sessions_pkey.
SELECT session_id, started_at, ended_at
FROM customer_sessions
WHERE user_id = $1
