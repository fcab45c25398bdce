-- The customer who owns an email address, if the other filters match.
-- Parameters: $1 to $8 filters: see Parts/matching.sql.
-- Returns: Parts/columns.sql.
-- Indexes: users_email_owner, customer_profiles_pkey, customer_data_keys_pkey.
SELECT
\ir Parts/columns.sql
FROM users u
JOIN customer_profiles p ON p.user_id = u.id
JOIN customer_data_keys k ON k.user_id = u.id
\ir Parts/matching.sql
WHERE u.email_index = $2 AND u.deleted_at IS NULL AND m.matches
