-- Customers of one status that match the other filters too, the newest id first.
-- Parameters: $1 to $8 filters: see Parts/matching.sql; $9 customers to look at and $10 rows, at most;
--   $11 id of the last one seen.
-- Returns: Parts/columns.sql, is_last.
-- Indexes: idx_users_scope, users_pkey, customer_profiles_pkey, customer_data_keys_pkey.
SELECT
\ir Parts/columns.sql
     , c.place = $9 AS is_last
FROM (
    SELECT x.id,
           row_number() OVER (ORDER BY x.id DESC) AS place
    FROM users x
    WHERE x.scope = 'UTC' AND x.account_status = $6 AND x.deleted_at IS NULL AND x.id < $11
    ORDER BY x.id DESC
    LIMIT $9
) c
\ir Parts/walked.sql
ORDER BY c.id DESC
LIMIT $10
