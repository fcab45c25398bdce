-- Gives up an idempotency key that is too old. Parameters: $1 scope, $2 not before.
-- Returns nothing. Index: imports_scope_once.
UPDATE imports
SET scope = NULL, fingerprint = NULL
WHERE scope = $1 AND created_at < $2
