-- Gives all orders of a redundant customer to its survivor, which the same transaction has just moved
-- to a new version. Their snapshots stay under the key of whoever placed them.
-- Parameters: parallel arrays, one element per merge: $1 survivor's id, $2 its version after the
-- commit, $3 redundant's id. Returns nothing. Indexes: users_pkey, orders_by_user.
UPDATE orders o
SET user_id   = i.survivor_id,
    placed_by = coalesce(o.placed_by, i.redundant_id)
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS i (survivor_id, version, redundant_id)
JOIN users x
  ON x.id = i.survivor_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE o.user_id = i.redundant_id
