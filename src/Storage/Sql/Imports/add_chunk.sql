-- Keeps lines of an import that is being received. Safe to repeat.
-- Parameters: $1 import_id, $2 chunk, $3 first_line, $4 lines, $5 content.
-- Returns nothing. Index: import_chunks_pkey.
INSERT INTO import_chunks (import_id, chunk, first_line, lines, content)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (import_id, chunk) DO NOTHING
