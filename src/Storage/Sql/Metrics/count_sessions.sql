-- Counts sessions whose start and end are both known, each once; one that ends before it starts
-- lasted no time. Parameters, parallel arrays: $1 user ids, $2 session ids.
-- Indexes: customer_sessions_pkey, customer_metrics_pkey.
WITH whole AS (
    UPDATE customer_sessions s
    SET is_counted = true
    FROM unnest($1::uuid[], $2::text[]) AS i (user_id, session_id)
    WHERE s.user_id = i.user_id AND s.session_id = i.session_id
      AND NOT s.is_counted AND s.started_at IS NOT NULL AND s.ended_at IS NOT NULL
    RETURNING s.user_id, greatest(0, extract(epoch FROM s.ended_at - s.started_at))::bigint AS seconds
)
INSERT INTO customer_metrics (user_id, session_count, session_seconds)
SELECT user_id, count(*)::integer, sum(seconds)::bigint
FROM whole
GROUP BY user_id
ON CONFLICT (user_id) DO UPDATE
SET session_count = customer_metrics.session_count + EXCLUDED.session_count,
    session_seconds = customer_metrics.session_seconds + EXCLUDED.session_seconds
