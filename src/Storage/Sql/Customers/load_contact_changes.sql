-- Loads what is remembered of contact changes, with the code of the pending one. Most customers
-- have none. Parameter: $1 customer ids. Indexes: contact_changes_pkey, otps_pkey.
SELECT c.user_id, c.channel, c.cancel_hash, c.series_started_at, c.series_last_sent_at,
       c.series_sends, c.failures, c.undo_old, c.undo_hash, c.undo_until, c.spent_hash,
       c.spent_undid, o.id, o.destination, o.code_hash, o.master_key_id, o.expires_at, o.attempts,
       o.created_at
FROM contact_changes c
LEFT JOIN otps o ON o.id = c.pending_id AND o.user_id = c.user_id
WHERE c.user_id = ANY ($1::uuid[])
