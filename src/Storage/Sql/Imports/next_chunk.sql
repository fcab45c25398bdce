-- The next lines of an import that is being worked off. Parameters: $1 import_id.
-- Returns no row or one: chunk, first_line, content, requested_by.
-- Indexes: import_chunks_pkey, imports_pkey.
SELECT c.chunk, c.first_line, c.content, i.requested_by
FROM import_chunks c
JOIN imports i ON i.id = c.import_id
WHERE c.import_id = $1 AND i.state = 'running'
ORDER BY c.chunk
LIMIT 1
