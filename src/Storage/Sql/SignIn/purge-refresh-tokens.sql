-- Removes rows of refresh_tokens that nothing can refer to any more, some at a time, oldest first.
-- $1 rows with expires_at before this time go, $2 rows at most (integer). Uses refresh_tokens_end.
DELETE FROM refresh_tokens
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM refresh_tokens
    WHERE expires_at < $1
    ORDER BY expires_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
