-- Loads what customers remember of their merges, oldest first. Most remember none. Parameter: $1
-- customer ids. Index: customer_merges_pkey.
SELECT user_id, merge_id, other_id, stage, at, addresses, default_address_id, orders, spend,
       tier_before, was_temporary, took_phone, took_email, risk_counts
FROM customer_merges
WHERE user_id = ANY ($1::uuid[])
ORDER BY user_id, at, merge_id
