-- Whether the holder of a token lives, and has not revoked tokens since it was made; and whether
-- the holder is barred.
-- $1 user_id (uuid), $2 token_hash (bytea, 32 bytes), $3 now (timestamptz).
-- Returns one row: may_refresh, is_barred. Uses users_pkey, refresh_tokens_pkey,
-- customer_bars_pkey.
SELECT EXISTS (
           SELECT FROM users u
           JOIN refresh_tokens r ON r.token_hash = $2
           WHERE u.id = $1 AND u.deleted_at IS NULL
             AND (u.tokens_valid_after IS NULL OR r.created_at >= u.tokens_valid_after)),
       EXISTS (
           SELECT FROM customer_bars b
           WHERE b.user_id = $1 AND b.scope = 'all' AND (b.until IS NULL OR b.until > $3));
