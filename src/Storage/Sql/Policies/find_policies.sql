-- The policies that count, of all names. No parameters. One row for each name.
-- Index: policies_pkey.
SELECT DISTINCT ON (name) name, version, document::text, changed_at, changed_by
FROM policies
ORDER BY name, version DESC
