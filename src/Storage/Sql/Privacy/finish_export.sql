-- Keeps a finished export; nothing when another silo was faster or the person is gone.
-- Parameters: $1 id, $2 document (sealed), $3 expires_at. Index: privacy_exports_pkey.
UPDATE privacy_exports
SET state = 'ready', document = $2, expires_at = $3
WHERE id = $1 AND state = 'running'
