-- Writes what delivered orders add up to, for customers that the same transaction has just moved
-- to a new version. Apart from update_customers.sql, so that an edit of a profile, which is far
-- more frequent, neither sends nor compares these columns.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit,
--   $3 total_orders_count, $4 total_spend, $5 customer_tier.
-- Returns nothing. Indexes: users_pkey, customer_profiles_pkey.
UPDATE customer_profiles p
SET total_orders_count = i.total_orders_count,
    total_spend        = i.total_spend,
    customer_tier      = i.customer_tier
FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::numeric[], $5::text[])
        AS i (user_id, version, total_orders_count, total_spend, customer_tier)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE p.user_id = i.user_id
