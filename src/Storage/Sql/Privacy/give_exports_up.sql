-- Ends exports that could not be made, however often it was tried. Parameters: $1 now, $2 rows at
-- most. Index: privacy_exports_due.
UPDATE privacy_exports
SET state = 'expired', expires_at = $1
WHERE id = ANY (ARRAY(
    SELECT id FROM privacy_exports
    WHERE state = 'running' AND next_attempt_at <= $1 AND attempts >= 5
    LIMIT $2))
