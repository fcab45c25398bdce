-- The present versions of customers whom a load would find: who live, or live on in another; the
-- data key of a forgotten one is gone. Parameter: $1 ids. Returns a row for each of them. Indexes:
-- users_pkey, customer_data_keys_pkey.
SELECT u.id, u.version
FROM users u
JOIN customer_data_keys k ON k.user_id = u.id
WHERE u.id = ANY ($1::uuid[]) AND (u.deleted_at IS NULL OR u.merged_into IS NOT NULL)
