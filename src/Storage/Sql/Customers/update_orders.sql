-- Writes what changed of orders of customers that the same transaction has just moved to a new
-- version; rows of commits that were not applied are passed over.
-- Parameters: parallel arrays, one element per order:
--   $1 user_id, $2 version after the commit, $3 id, $4 rider_id, $5 status, $6 total,
--   $7 contact_version, $8 phone_updated, $9 updated_at, $10 ended_at.
-- Returns nothing. Indexes: users_pkey, orders_pkey.
UPDATE orders o
SET rider_id        = i.rider_id,
    status          = i.status,
    total           = i.total,
    contact_version = i.contact_version,
    phone_updated   = i.phone_updated,
    updated_at      = i.updated_at,
    ended_at        = i.ended_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::int[],
        $8::boolean[], $9::timestamptz[], $10::timestamptz[])
        AS i (user_id, version, id, rider_id, status, total, contact_version, phone_updated,
              updated_at, ended_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE o.id = i.id AND o.user_id = i.user_id
