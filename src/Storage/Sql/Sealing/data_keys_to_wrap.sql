-- Data keys that another master key than the current one wraps. Parameters: $1 the current one,
-- $2 rows at most. Index: customer_data_keys_master.
SELECT user_id, master_key_id, wrapped_key
FROM customer_data_keys
WHERE master_key_id < $1
ORDER BY master_key_id, user_id
LIMIT $2
