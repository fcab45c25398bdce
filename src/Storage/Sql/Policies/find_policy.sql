-- The policy that counts. Parameter: $1 name. At most one row. Index: policies_pkey.
SELECT version, document::text, changed_at, changed_by
FROM policies
WHERE name = $1
ORDER BY version DESC
LIMIT 1
