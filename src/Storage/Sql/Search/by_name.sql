-- Customers whose names begin alike and who match the other filters too, by name.
-- Parameters: $1 to $8 filters: see Parts/matching.sql; $9 customers to look at and $10 rows, at most;
--   $11 id and $12 name_key of the last one seen.
-- Returns: Parts/columns.sql, is_last, name_key.
-- Indexes: customer_names_by_key, users_pkey, customer_profiles_pkey, customer_data_keys_pkey.
SELECT
\ir Parts/columns.sql
     , c.place = $9 AS is_last, c.name_key
FROM (
    SELECT n.user_id AS id, n.name_key,
           row_number() OVER (ORDER BY n.name_key, n.user_id) AS place
    FROM customer_names n
    -- Cut once more: ß is two letters. One lower bound: of two, the walk might begin at the lower one.
    WHERE (n.name_key, n.user_id)
              > (greatest($12::text COLLATE "C", left(name_key(left($3, 16)), 16) COLLATE "C"), $11::uuid)
      AND n.name_key < (left(name_key(left($3, 16)), 16) || U&'\+10FFFF') COLLATE "C"
    ORDER BY n.name_key, n.user_id
    LIMIT $9
) c
\ir Parts/walked.sql
ORDER BY c.name_key, c.id
LIMIT $10
