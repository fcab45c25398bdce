-- Begins an import that nobody sees yet. Safe to repeat.
-- Parameters: $1 id, $2 requested_by, $3 now. Returns nothing. Index: imports_pkey.
INSERT INTO imports (id, requested_by, created_at)
VALUES ($1, $2, $3)
ON CONFLICT (id) DO NOTHING
