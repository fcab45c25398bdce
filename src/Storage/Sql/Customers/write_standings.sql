-- Writes what the service computes about customers, for those that the same transaction has just
-- moved to a new version. Apart from update_customers.sql, so that an edit of a profile, which is
-- far more frequent, neither sends nor compares these columns.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit,
--   $3 total_orders_count, $4 total_spend, $5 last_delivered_at, $6 customer_tier,
--   $7 customer_segment, $8 is_verified, $9 risk_score, $10 risk_counts, $11 underage_order_on,
--   $12 rewards.
-- Returns nothing. Indexes: users_pkey, customer_profiles_pkey.
UPDATE customer_profiles p
SET total_orders_count = i.total_orders_count,
    total_spend        = i.total_spend,
    last_delivered_at  = i.last_delivered_at,
    customer_tier      = i.customer_tier,
    customer_segment   = i.customer_segment,
    is_verified        = i.is_verified,
    risk_score         = i.risk_score,
    risk_counts        = i.risk_counts,
    underage_order_on  = i.underage_order_on,
    rewards            = i.rewards
FROM unnest(
        $1::uuid[], $2::bigint[], $3::int[], $4::numeric[], $5::timestamptz[], $6::text[],
        $7::text[], $8::boolean[], $9::int[], $10::jsonb[], $11::date[], $12::jsonb[])
        AS i (user_id, version, total_orders_count, total_spend, last_delivered_at, customer_tier,
              customer_segment, is_verified, risk_score, risk_counts, underage_order_on, rewards)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE p.user_id = i.user_id
