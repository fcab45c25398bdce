-- Stores data keys as wrapped by a new master key, where the old one still wraps them.
-- Parameters, parallel arrays: $1 user_id, $2 old master key, $3 new master key, $4 wrapped key.
-- Index: customer_data_keys_pkey.
UPDATE customer_data_keys k
SET master_key_id = i.new_id, wrapped_key = i.wrapped_key
FROM unnest($1::uuid[], $2::int[], $3::int[], $4::bytea[])
     AS i (user_id, old_id, new_id, wrapped_key)
WHERE k.user_id = i.user_id AND k.master_key_id = i.old_id
