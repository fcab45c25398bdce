-- Replaces a policy, unless somebody else did since. Parameters: $1 name, $2 the version that is
-- replaced, $3 document, $4 changed_at, $5 changed_by. Returns the new version, or no row when $2
-- is not the present one. Index: policies_pkey.
INSERT INTO policies (name, version, document, changed_at, changed_by)
SELECT p.name, p.version + 1, $3::jsonb, $4, $5
FROM policies p
WHERE p.name = $1 AND p.version = $2::bigint
  AND NOT EXISTS (SELECT FROM policies n WHERE n.name = p.name AND n.version > p.version)
ON CONFLICT DO NOTHING
RETURNING version
