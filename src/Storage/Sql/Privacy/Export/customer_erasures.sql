-- For an export: the wish to be forgotten. Parameter: $1 customer. Index: customer_erasures_pkey.
SELECT requested_at, runs_at
FROM customer_erasures
WHERE user_id = $1
