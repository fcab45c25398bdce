-- Revokes all tokens that descend from one sign-in.
-- $1 family_id (uuid), $2 now. Uses refresh_tokens_by_family.
UPDATE refresh_tokens
SET revoked_at = $2
WHERE family_id = $1 AND revoked_at IS NULL;
