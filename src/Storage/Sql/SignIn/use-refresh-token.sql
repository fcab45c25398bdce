-- Marks a refresh token as exchanged, under its lock.
-- $1 token_hash (bytea, 32 bytes), $2 now. Uses refresh_tokens_pkey.
UPDATE refresh_tokens
SET used_at = $2
WHERE token_hash = $1;
