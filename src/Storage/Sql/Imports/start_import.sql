-- Starts an import whose lines are all there; breaks imports_scope_once when the same idempotency
-- key started one before.
-- Parameters: $1 id, $2 scope and $3 fingerprint, or null, $4 now.
-- Returns nothing. Indexes: imports_pkey, import_chunks_pkey.
UPDATE imports i
SET state = CASE WHEN t.lines = 0 THEN 'done' ELSE 'running' END,
    finished_at = CASE WHEN t.lines = 0 THEN $4::timestamptz END,
    rows_total = t.lines,
    scope = $2,
    fingerprint = $3
FROM (SELECT coalesce(sum(c.lines), 0)::int AS lines
      FROM import_chunks c
      WHERE c.import_id = $1) t
WHERE i.id = $1 AND i.state = 'receiving'
