-- Writes how the names of customers begin that the same transaction has just moved to a new
-- version.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit,
--   $3 first 16 characters of the name.
-- Returns nothing. Indexes: users_pkey, customer_names_pkey.
INSERT INTO customer_names (user_id, name_key)
SELECT i.user_id, left(name_key(i.name), 64)
FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS i (user_id, version, name)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT (user_id) DO UPDATE
SET name_key = excluded.name_key
