-- What tier, segment and risk follow from, of the next customers by id. Parameters: $1 the last one
-- of the page before, $2 rows at most. The living ones among whom something may change, and the
-- last of the page in any case. Indexes: customer_profiles_pkey, users_pkey.
WITH page AS MATERIALIZED (
    SELECT user_id, total_orders_count, total_spend, last_delivered_at, customer_tier,
           customer_segment, risk_score, risk_counts
    FROM customer_profiles
    WHERE user_id > $1
    ORDER BY user_id
    LIMIT $2
)
SELECT p.user_id, p.total_orders_count, p.total_spend, p.last_delivered_at, p.customer_tier,
       p.customer_segment, p.risk_score, p.risk_counts::text
FROM page p
WHERE p.total_orders_count > 0
   OR p.customer_segment <> 'general'
   OR p.risk_score <> 0
   OR p.risk_counts <> '{}'
   OR p.user_id = (SELECT l.user_id FROM page l ORDER BY l.user_id DESC LIMIT 1)
ORDER BY p.user_id
