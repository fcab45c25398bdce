-- Revokes all tokens of customers that the same transaction has just moved to a new version.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 tokens_valid_after.
-- Returns nothing. Indexes: users_pkey, refresh_tokens_by_user.
WITH u AS (
    UPDATE users x
    SET tokens_valid_after = i.at
    FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS i (user_id, version, at)
    WHERE x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
    RETURNING x.id, i.at
)
UPDATE refresh_tokens t
SET revoked_at = u.at
FROM u
WHERE t.user_id = u.id AND t.revoked_at IS NULL
