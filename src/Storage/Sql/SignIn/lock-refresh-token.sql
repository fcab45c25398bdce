-- Locks a refresh token until the transaction ends.
-- $1 token_hash (bytea, 32 bytes).
-- Returns no row or one: family_id, user_id, expires_at, used_at, revoked_at.
-- Uses refresh_tokens_pkey.
SELECT family_id, user_id, expires_at, used_at, revoked_at
FROM refresh_tokens
WHERE token_hash = $1
FOR UPDATE;
