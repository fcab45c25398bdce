-- Writes the bars of customers that the same transaction has just moved to a new version, each
-- instead of the one before.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit,
--   $3 kind, $4 scope, $5 reason_code, $6 comment, $7 public_reason, $8 until, $9 barred_by,
--   $10 barred_at.
-- Returns nothing. Indexes: users_pkey, customer_bars_pkey.
INSERT INTO customer_bars
    (user_id, kind, scope, reason_code, comment, public_reason, until, barred_by, barred_at)
SELECT i.user_id, i.kind, i.scope, i.reason_code, i.comment, i.public_reason, i.until,
       i.barred_by, i.barred_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[],
        $8::timestamptz[], $9::uuid[], $10::timestamptz[])
        AS i (user_id, version, kind, scope, reason_code, comment, public_reason, until,
              barred_by, barred_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT (user_id) DO UPDATE
SET kind          = excluded.kind,
    scope         = excluded.scope,
    reason_code   = excluded.reason_code,
    comment       = excluded.comment,
    public_reason = excluded.public_reason,
    until         = excluded.until,
    barred_by     = excluded.barred_by,
    barred_at     = excluded.barred_at
