-- Writes what is remembered of contact changes of customers that the same transaction has just
-- moved to a new version; rows of commits that were not applied are passed over.
-- Parameters: parallel arrays, one element per customer and channel:
--   $1 user_id, $2 version after the commit, $3 channel, $4 pending_id, $5 cancel_hash,
--   $6 series_started_at, $7 series_last_sent_at, $8 series_sends,
--   $9 failures (text, the literal of a timestamptz array: unnest would flatten arrays of arrays),
--   $10 undo_old, $11 undo_hash, $12 undo_until, $13 spent_hash, $14 spent_undid, $15 updated_at.
-- Returns nothing. Indexes: users_pkey, contact_changes_pkey.
INSERT INTO contact_changes
    (user_id, channel, pending_id, cancel_hash, series_started_at, series_last_sent_at,
     series_sends, failures, undo_old, undo_hash, undo_until, spent_hash, spent_undid, updated_at)
SELECT i.user_id, i.channel, i.pending_id, i.cancel_hash, i.series_started_at,
       i.series_last_sent_at, i.series_sends, i.failures::timestamptz[], i.undo_old, i.undo_hash,
       i.undo_until, i.spent_hash, i.spent_undid, i.updated_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::bytea[], $6::timestamptz[],
        $7::timestamptz[], $8::int[], $9::text[], $10::bytea[], $11::bytea[], $12::timestamptz[],
        $13::bytea[], $14::boolean[], $15::timestamptz[])
        AS i (user_id, version, channel, pending_id, cancel_hash, series_started_at,
              series_last_sent_at, series_sends, failures, undo_old, undo_hash, undo_until,
              spent_hash, spent_undid, updated_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT ON CONSTRAINT contact_changes_pkey DO UPDATE
SET pending_id          = EXCLUDED.pending_id,
    cancel_hash         = EXCLUDED.cancel_hash,
    series_started_at   = EXCLUDED.series_started_at,
    series_last_sent_at = EXCLUDED.series_last_sent_at,
    series_sends        = EXCLUDED.series_sends,
    failures            = EXCLUDED.failures,
    undo_old            = EXCLUDED.undo_old,
    undo_hash           = EXCLUDED.undo_hash,
    undo_until          = EXCLUDED.undo_until,
    spent_hash          = EXCLUDED.spent_hash,
    spent_undid         = EXCLUDED.spent_undid,
    updated_at          = EXCLUDED.updated_at
