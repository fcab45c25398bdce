-- For an export: what was counted. Parameter: $1 customer. Index: customer_metrics_pkey.
SELECT cart_abandon_count, last_active_at, session_count, session_seconds, avg_session_duration
FROM customer_metrics
WHERE user_id = $1
