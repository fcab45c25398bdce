-- Lines of an import that were refused, in their order. Parameters: $1 import_id.
-- Returns: line, code, detail; as many as are kept. Index: import_refusals_pkey.
SELECT line, code, detail
FROM import_refusals
WHERE import_id = $1
ORDER BY line
