-- Gives addresses back to whom they came from, sealed under that customer's key, when a merge is
-- undone by its survivor, which the same transaction has just moved to a new version.
-- Parameters: parallel arrays, one element per address: $1 survivor's id, $2 its version after the
-- commit, $3 redundant's id, $4 address id, $5 line1, $6 line2, $7 is_default. Returns nothing.
-- Indexes: users_pkey, addresses_pkey.
UPDATE addresses a
SET user_id    = i.redundant_id,
    line1      = i.line1,
    line2      = i.line2,
    is_default = i.is_default
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::bytea[], $6::bytea[], $7::boolean[])
         AS i (survivor_id, version, redundant_id, id, line1, line2, is_default)
JOIN users x
  ON x.id = i.survivor_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE a.id = i.id AND a.user_id = i.survivor_id
