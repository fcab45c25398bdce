-- The keys of customers whose rows a branch may see. Run by the service: a branch's connection has
-- ciphertext alone. Parameters: $1 customer ids. Returns: user_id, master_key_id, wrapped_key.
-- Index: customer_data_keys_pkey.
SELECT user_id, master_key_id, wrapped_key
FROM customer_data_keys
WHERE user_id = ANY ($1::uuid[])
