-- Loads living addresses, each customer's oldest first. Parameter: $1 customer ids.
-- Index: addresses_by_user.
SELECT user_id, id, label, line1, line2, city, state, postal_code, country, latitude, longitude,
       is_default, last_used_at, created_at, updated_at
FROM addresses
WHERE user_id = ANY ($1::uuid[]) AND deleted_at IS NULL
ORDER BY user_id, created_at, id
