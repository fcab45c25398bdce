-- Adds to what is known of customers. To have been active is noted once a minute: else it would be
-- written for every command. Parameters, parallel arrays, each customer once: $1 user ids, $2 last
-- active at, $3 carts abandoned. People who were forgotten, and have no key
-- any more, are passed over; whoever became part of another counts on.
-- Indexes: customer_data_keys_pkey, customer_metrics_pkey.
INSERT INTO customer_metrics (user_id, last_active_at, cart_abandon_count)
SELECT i.user_id, i.last_active_at, i.abandoned
FROM unnest($1::uuid[], $2::timestamptz[], $3::integer[]) AS i (user_id, last_active_at, abandoned)
LEFT JOIN customer_metrics m ON m.user_id = i.user_id
WHERE (m.last_active_at IS NULL
       OR i.last_active_at >= m.last_active_at + interval '1 minute'
       OR i.abandoned > 0)
  AND EXISTS (SELECT FROM customer_data_keys k WHERE k.user_id = i.user_id)
ON CONFLICT (user_id) DO UPDATE
SET last_active_at = greatest(customer_metrics.last_active_at, EXCLUDED.last_active_at),
    cart_abandon_count = customer_metrics.cart_abandon_count + EXCLUDED.cart_abandon_count
