-- Customers of one tier that match the other filters too, the newest id first.
-- Parameters: filters, null for none: $1 phone_index, $2 email_index, $3 how the name begins,
--   $4 tier, $5 segment, $6 status, $7 lowest and $8 highest spend;
--   $9 customers to look at and $10 rows, at most; $11 id of the last one seen.
-- Returns: id, name, phone, email, account_status, customer_tier, customer_segment, total_spend,
--   created_at, master_key_id, wrapped_key, matches, is_last;
--   the last customer looked at comes back also if it does not match: there the next page begins.
-- Indexes: idx_customer_profiles_tier, users_pkey, customer_profiles_pkey, customer_data_keys_pkey.
SELECT u.id, u.name, u.phone, u.email, u.account_status, p.customer_tier, p.customer_segment,
       p.total_spend, u.created_at, k.master_key_id, k.wrapped_key,
       m.matches, c.place = $9 AS is_last
FROM (
    SELECT p.user_id AS id,
           row_number() OVER (ORDER BY p.user_id DESC) AS place
    FROM customer_profiles p
    WHERE p.customer_tier = $4 AND p.user_id < $11
    ORDER BY p.user_id DESC
    LIMIT $9
) c
JOIN users u ON u.id = c.id
JOIN customer_profiles p ON p.user_id = c.id
LEFT JOIN customer_data_keys k ON k.user_id = c.id
CROSS JOIN LATERAL (
    SELECT (
               u.deleted_at IS NULL
               AND ($1::bytea IS NULL OR u.phone_index = $1)
               AND ($2::bytea IS NULL OR u.email_index = $2)
               AND ($3::text IS NULL OR starts_with(name_key(u.name), name_key($3)))
               AND ($4::text IS NULL OR p.customer_tier = $4)
               AND ($5::text IS NULL OR p.customer_segment = $5)
               AND ($6::text IS NULL OR u.account_status = $6)
               AND ($7::numeric IS NULL OR p.total_spend >= $7)
               AND ($8::numeric IS NULL OR p.total_spend <= $8)) IS TRUE
) m (matches)
WHERE m.matches OR c.place = $9
ORDER BY c.id DESC
LIMIT $10
