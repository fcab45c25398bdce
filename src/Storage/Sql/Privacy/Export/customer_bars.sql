-- For an export: what keeps the customer out, as far as the customer is told. Parameter: $1
-- customer. Index: customer_bars_pkey.
SELECT kind, scope, public_reason, until, barred_at
FROM customer_bars
WHERE user_id = $1
