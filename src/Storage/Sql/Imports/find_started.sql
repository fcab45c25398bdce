-- The import that an idempotency key started. Parameters: $1 scope, $2 not before.
-- Returns no row or one: id, fingerprint. Index: imports_scope_once.
SELECT id, fingerprint
FROM imports
WHERE scope = $1 AND created_at >= $2
