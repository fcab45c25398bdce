-- Whose journals tell a customer's history: the customer's own, or that of the survivor in whom it
-- lives on, first; then those of everybody who lives on in that one. With data keys (null once they
-- are destroyed). Parameter: $1 customer. No row: there never was one.
-- Indexes: users_pkey, users_merged_into, customer_data_keys_pkey.
WITH RECURSIVE up (id, merged_into) AS (
    SELECT id, merged_into FROM users WHERE id = $1
    UNION ALL
    SELECT u.id, u.merged_into FROM up JOIN users u ON u.id = up.merged_into
),
family (id, depth) AS (
    SELECT id, 0 FROM up WHERE merged_into IS NULL
    UNION ALL
    SELECT u.id, f.depth + 1 FROM family f JOIN users u ON u.merged_into = f.id
)
SELECT f.id, k.master_key_id, k.wrapped_key
FROM family f
LEFT JOIN customer_data_keys k ON k.user_id = f.id
ORDER BY f.depth, f.id
