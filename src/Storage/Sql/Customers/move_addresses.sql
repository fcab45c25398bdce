-- Gives addresses of a redundant customer to its survivor, which the same transaction has just moved
-- to a new version. write_addresses.sql then seals them under the survivor's key and says which is
-- the default.
-- Parameters: parallel arrays, one element per address: $1 survivor's id, $2 its version after the
-- commit, $3 redundant's id, $4 address id. Returns nothing. Indexes: users_pkey, addresses_pkey.
UPDATE addresses a
SET user_id    = i.survivor_id,
    is_default = false
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[])
         AS i (survivor_id, version, redundant_id, id)
JOIN users x
  ON x.id = i.survivor_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE a.id = i.id AND a.user_id = i.redundant_id
