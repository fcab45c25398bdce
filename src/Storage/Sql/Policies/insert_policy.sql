-- Replaces a policy, unless somebody else did since. Parameters: $1 name, $2 the version that is
-- replaced, $3 document, $4 changed_at, $5 changed_by. Returns the new version, or no row when $2
-- is not the present one. Index: policies_pkey.
INSERT INTO policies (name, version, document, changed_at, changed_by)
SELECT $1, $2::bigint + 1, $3::jsonb, $4, $5
WHERE (SELECT max(p.version) FROM policies p WHERE p.name = $1) = $2::bigint
ON CONFLICT DO NOTHING
RETURNING version
