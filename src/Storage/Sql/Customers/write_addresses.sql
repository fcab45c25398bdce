-- Writes addresses of customers that the same transaction has just moved to a new version; rows
-- of commits that were not applied are passed over.
-- Parameters: parallel arrays, one element per address:
--   $1 user_id, $2 version after the commit, $3 id, $4 label, $5 line1, $6 line2, $7 city,
--   $8 state, $9 postal_code, $10 country, $11 latitude, $12 longitude, $13 is_default,
--   $14 last_used_at, $15 deleted_at, $16 created_at, $17 updated_at.
-- Returns nothing. Indexes: users_pkey, addresses_pkey.
INSERT INTO addresses
    (id, user_id, label, line1, line2, city, state, postal_code, country, latitude, longitude,
     is_default, last_used_at, deleted_at, created_at, updated_at)
SELECT i.id, i.user_id, i.label, i.line1, i.line2, i.city, i.state, i.postal_code, i.country,
       i.latitude, i.longitude, i.is_default, i.last_used_at, i.deleted_at, i.created_at,
       i.updated_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::numeric[], $12::numeric[], $13::boolean[],
        $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[])
        AS i (user_id, version, id, label, line1, line2, city, state, postal_code, country,
              latitude, longitude, is_default, last_used_at, deleted_at, created_at, updated_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT (id) DO UPDATE
SET label        = EXCLUDED.label,
    line1        = EXCLUDED.line1,
    line2        = EXCLUDED.line2,
    city         = EXCLUDED.city,
    state        = EXCLUDED.state,
    postal_code  = EXCLUDED.postal_code,
    country      = EXCLUDED.country,
    latitude     = EXCLUDED.latitude,
    longitude    = EXCLUDED.longitude,
    is_default   = EXCLUDED.is_default,
    last_used_at = EXCLUDED.last_used_at,
    deleted_at   = EXCLUDED.deleted_at,
    updated_at   = EXCLUDED.updated_at
WHERE addresses.user_id = EXCLUDED.user_id
