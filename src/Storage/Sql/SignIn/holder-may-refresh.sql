-- Whether the holder of a token lives, and has not revoked tokens since it was made.
-- $1 user_id (uuid), $2 token_hash (bytea, 32 bytes).
-- Returns one row: boolean. Uses users_pkey, refresh_tokens_pkey.
SELECT EXISTS (
    SELECT FROM users u
    JOIN refresh_tokens r ON r.token_hash = $2
    WHERE u.id = $1 AND u.deleted_at IS NULL
      AND (u.tokens_valid_after IS NULL OR r.created_at >= u.tokens_valid_after));
