-- Drops the wish to be forgotten of customers that the same transaction has just moved to a new
-- version.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit.
-- Returns nothing. Indexes: users_pkey, customer_erasures_pkey.
DELETE FROM customer_erasures e
USING unnest($1::uuid[], $2::bigint[]) AS i (user_id, version)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE e.user_id = i.user_id
