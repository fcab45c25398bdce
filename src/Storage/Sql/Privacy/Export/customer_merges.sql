-- For an export: merges with other accounts. Parameter: $1 customer. Index: customer_merges_pkey.
SELECT merge_id, side, other_id, stage, at, addresses, default_address_id, orders, spend,
       tier_before, was_temporary, took_phone, took_email
FROM customer_merges
WHERE user_id = $1
ORDER BY at, merge_id
