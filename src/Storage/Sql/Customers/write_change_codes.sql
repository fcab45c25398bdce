-- Writes the codes of contact changes of customers that the same transaction has just moved to a
-- new version: a new one, a wrong try, a right one.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 id, $4 channel,
--   $5 destination, $6 destination_index, $7 code_hash, $8 master_key_id, $9 expires_at,
--   $10 attempts, $11 consumed_at, $12 created_at.
-- Returns nothing. Indexes: users_pkey, otps_pkey.
INSERT INTO otps
    (id, user_id, purpose, channel, destination, destination_index, code_hash, master_key_id,
     expires_at, attempts, consumed_at, created_at)
SELECT i.id, i.user_id, 'profile_update', i.channel, i.destination, i.destination_index,
       i.code_hash, i.master_key_id, i.expires_at, i.attempts, i.consumed_at, i.created_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[],
        $8::int[], $9::timestamptz[], $10::int[], $11::timestamptz[], $12::timestamptz[])
        AS i (user_id, version, id, channel, destination, destination_index, code_hash,
              master_key_id, expires_at, attempts, consumed_at, created_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT ON CONSTRAINT otps_pkey DO UPDATE
SET code_hash     = EXCLUDED.code_hash,
    master_key_id = EXCLUDED.master_key_id,
    expires_at    = EXCLUDED.expires_at,
    attempts      = EXCLUDED.attempts,
    consumed_at   = EXCLUDED.consumed_at
WHERE otps.user_id = EXCLUDED.user_id AND otps.purpose = EXCLUDED.purpose
