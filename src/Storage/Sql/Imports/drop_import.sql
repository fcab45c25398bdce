-- Drops an import that was received in vain. Parameters: $1 id. Returns nothing.
-- Index: imports_pkey.
DELETE FROM imports
WHERE id = $1 AND state = 'receiving'
