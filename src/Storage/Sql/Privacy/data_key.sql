-- A customer's data key. Parameter: $1 customer. At most one row. Index: customer_data_keys_pkey.
SELECT master_key_id, wrapped_key
FROM customer_data_keys
WHERE user_id = $1
