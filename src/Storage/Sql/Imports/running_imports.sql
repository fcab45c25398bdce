-- Imports that are being worked off, the oldest first. Parameters: $1 rows, at most.
-- Returns: id. Index: imports_running.
SELECT id
FROM imports
WHERE state = 'running'
ORDER BY created_at, id
LIMIT $1
