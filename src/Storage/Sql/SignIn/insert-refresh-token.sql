-- Records a refresh token.
-- $1 token_hash (bytea, 32 bytes), $2 family_id, $3 user_id, $4 expires_at, $5 created_at.
INSERT INTO refresh_tokens (token_hash, family_id, user_id, expires_at, created_at)
VALUES ($1, $2, $3, $4, $5);
