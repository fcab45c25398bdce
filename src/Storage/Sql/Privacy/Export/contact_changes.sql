-- For an export: what is remembered of contact changes. Parameter: $1 customer. Index:
-- contact_changes_pkey.
SELECT channel, pending_id, series_started_at, series_last_sent_at, series_sends, failures,
       undo_old, undo_until, updated_at
FROM contact_changes
WHERE user_id = $1
