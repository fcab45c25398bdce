-- Customers of one tier that match the other filters too, the newest id first.
-- Parameters: $1 to $8 filters: see Parts/matching.sql; $9 customers to look at and $10 rows, at most;
--   $11 id of the last one seen.
-- Returns: Parts/columns.sql, is_last.
-- Indexes: idx_customer_profiles_tier, users_pkey, customer_profiles_pkey, customer_data_keys_pkey.
SELECT
\ir Parts/columns.sql
     , c.place = $9 AS is_last
FROM (
    SELECT p.user_id AS id,
           row_number() OVER (ORDER BY p.user_id DESC) AS place
    FROM customer_profiles p
    WHERE p.customer_tier = $4 AND p.user_id < $11
    ORDER BY p.user_id DESC
    LIMIT $9
) c
\ir Parts/walked.sql
ORDER BY c.id DESC
LIMIT $10
