-- For an export: everybody who became part of a customer by a merge, or of those, with data keys.
-- Parameter: $1 customer. Indexes: customer_merges_pkey, customer_data_keys_pkey.
WITH RECURSIVE family (id, at) AS (
    SELECT other_id, at FROM customer_merges WHERE user_id = $1 AND side = 'survivor'
    UNION ALL
    SELECT m.other_id, m.at
    FROM family f
    JOIN customer_merges m ON m.user_id = f.id AND m.side = 'survivor'
)
SELECT f.id, k.master_key_id, k.wrapped_key
FROM family f
JOIN customer_data_keys k ON k.user_id = f.id
ORDER BY f.at, f.id
