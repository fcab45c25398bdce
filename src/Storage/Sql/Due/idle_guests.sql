-- Guests without a sign of life: neither a command nor a new token, and no order under way; the
-- oldest first, page by page.
-- Parameters: $1 idle since, $2 and $3 created_at and id of the last one seen, $4 rows at most.
-- Returns: id, created_at. Indexes: users_guests, orders_active_by_user, refresh_tokens_by_user.
SELECT u.id, u.created_at
FROM users u
WHERE u.is_temporary AND u.deleted_at IS NULL
  AND u.created_at <= $1
  AND (u.created_at, u.id) > ($2::timestamptz, $3::uuid)
  AND u.updated_at <= $1
  AND NOT EXISTS (SELECT FROM orders o WHERE o.user_id = u.id AND o.ended_at IS NULL)
  AND NOT EXISTS (SELECT FROM refresh_tokens r WHERE r.user_id = u.id AND r.created_at > $1)
ORDER BY u.created_at, u.id
LIMIT $4
