-- Whether there is or was a customer, and its data key (null once it is destroyed). Parameter: $1
-- customer. No row: there never was one. Indexes: users_pkey, customer_data_keys_pkey.
SELECT k.master_key_id, k.wrapped_key
FROM users u
LEFT JOIN customer_data_keys k ON k.user_id = u.id
WHERE u.id = $1
