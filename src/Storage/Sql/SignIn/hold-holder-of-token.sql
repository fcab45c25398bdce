-- Holds the row of a token's holder until the transaction ends: a revocation of all tokens that
-- runs beside it waits, and then finds the token that this exchange makes. Before the token itself
-- is locked, as the revocation does it, or the two would deadlock.
-- $1 token_hash (bytea, 32 bytes).
-- Returns no row or one, without columns. Uses refresh_tokens_pkey, users_pkey.
SELECT
FROM users
WHERE id = (SELECT user_id FROM refresh_tokens WHERE token_hash = $1)
FOR SHARE;
