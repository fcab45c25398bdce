-- Revokes the family of a token; nothing when there is no such token.
-- $1 token_hash (bytea, 32 bytes), $2 now.
-- Uses refresh_tokens_pkey, refresh_tokens_by_family.
UPDATE refresh_tokens
SET revoked_at = $2
WHERE family_id = (SELECT family_id FROM refresh_tokens WHERE token_hash = $1)
  AND revoked_at IS NULL;
