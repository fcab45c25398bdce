-- Remembers when customers want to be forgotten, whom the same transaction has just moved to a new
-- version.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit,
--   $3 requested_at, $4 runs_at.
-- Returns nothing. Indexes: users_pkey, customer_erasures_pkey.
INSERT INTO customer_erasures (user_id, requested_at, runs_at)
SELECT i.user_id, i.requested_at, i.runs_at
FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
         AS i (user_id, version, requested_at, runs_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT (user_id) DO UPDATE
SET requested_at = excluded.requested_at,
    runs_at      = excluded.runs_at
