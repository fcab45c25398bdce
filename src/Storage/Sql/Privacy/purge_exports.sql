-- Removes exports that ended long ago, some at a time. Parameters: $1 ended before, $2 rows at
-- most. Index: privacy_exports_end.
DELETE FROM privacy_exports
WHERE id = ANY (ARRAY(
    SELECT id FROM privacy_exports WHERE expires_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED))
