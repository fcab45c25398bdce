-- Suspensions whose time is up, the oldest first, a page at a time.
-- Parameters: $1 now, $2 until and $3 user_id of the last row seen, $4 rows at most.
-- Returns: user_id, until. Index: customer_bars_due.
SELECT user_id, until
FROM customer_bars
WHERE until <= $1 AND (until, user_id) > ($2, $3)
ORDER BY until, user_id
LIMIT $4
