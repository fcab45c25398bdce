-- For an export: addresses, removed ones too. Parameter: $1 customer. Indexes: addresses_by_user,
-- addresses_removed_by_user.
SELECT id, label, line1, line2, city, state, postal_code, country, latitude, longitude, is_default,
       last_used_at, deleted_at, created_at, updated_at
FROM addresses
WHERE user_id = $1 AND deleted_at IS NULL
UNION ALL
SELECT id, label, line1, line2, city, state, postal_code, country, latitude, longitude, is_default,
       last_used_at, deleted_at, created_at, updated_at
FROM addresses
WHERE user_id = $1 AND deleted_at IS NOT NULL
