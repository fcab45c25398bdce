-- How far an import is. Parameters: $1 id.
-- Returns no row or one: state, rows_done, rows_total, created, refused. Index: imports_pkey.
SELECT state, rows_done, rows_total, created, refused
FROM imports
WHERE id = $1 AND state <> 'receiving'
