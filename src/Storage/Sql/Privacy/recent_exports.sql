-- Exports that count when another is asked for: those of late, oldest first, and the one that is
-- being made. Parameters: $1 customer, $2 asked for after. Index: privacy_exports_by_user.
SELECT id, state, created_at
FROM privacy_exports
WHERE user_id = $1 AND (created_at > $2 OR state = 'running')
ORDER BY created_at
