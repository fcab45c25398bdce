-- Wipes exports whose time is over, some at a time; the row still says that it was. Parameters: $1
-- expired before, $2 rows at most. Index: privacy_exports_end.
UPDATE privacy_exports
SET state = 'expired', document = NULL
WHERE id = ANY (ARRAY(
    SELECT id FROM privacy_exports
    WHERE expires_at <= $1 AND state = 'ready'
    LIMIT $2
    FOR UPDATE SKIP LOCKED))
