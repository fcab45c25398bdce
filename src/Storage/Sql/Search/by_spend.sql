-- Customers who spent within a range and match the other filters too, the highest first.
-- Parameters: $1 to $8 filters: see Parts/matching.sql; $9 customers to look at and $10 rows, at most;
--   $11 id and $12 spend of the last one seen.
-- Returns: Parts/columns.sql, is_last.
-- Indexes: idx_customer_profiles_total_spend, users_pkey, customer_profiles_pkey,
--   customer_data_keys_pkey.
SELECT
\ir Parts/columns.sql
     , c.place = $9 AS is_last
FROM (
    SELECT p.user_id AS id, p.total_spend,
           row_number() OVER (ORDER BY p.total_spend DESC, p.user_id DESC) AS place
    FROM customer_profiles p
    -- One upper bound: of two, the walk might begin at the higher one.
    WHERE (p.total_spend, p.user_id) < (least($12::numeric, $8::numeric), $11::uuid)
      AND p.total_spend >= coalesce($7::numeric, 0)
    ORDER BY p.total_spend DESC, p.user_id DESC
    LIMIT $9
) c
\ir Parts/walked.sql
ORDER BY c.total_spend DESC, c.id DESC
LIMIT $10
