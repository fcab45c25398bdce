-- Customers whose erasure is due and has nothing to wait for, the longest due first, page by page.
-- Parameters: $1 now, $2 and $3 runs_at and customer of the last one seen, $4 rows at most.
-- Indexes: customer_erasures_due, orders_active_by_user, contact_changes_pkey.
SELECT e.user_id, e.runs_at
FROM customer_erasures e
WHERE e.runs_at <= $1
  AND (e.runs_at, e.user_id) > ($2::timestamptz, $3::uuid)
  AND NOT EXISTS (SELECT FROM orders o WHERE o.user_id = e.user_id AND o.ended_at IS NULL)
  AND NOT EXISTS (SELECT FROM contact_changes c WHERE c.user_id = e.user_id AND c.undo_until > $1)
ORDER BY e.runs_at, e.user_id
LIMIT $4
