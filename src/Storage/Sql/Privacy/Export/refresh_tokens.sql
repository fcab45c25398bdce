-- For an export: sign-ins that are remembered. Parameter: $1 customer. Index:
-- refresh_tokens_by_user.
SELECT family_id, expires_at, used_at, revoked_at, created_at
FROM refresh_tokens
WHERE user_id = $1
ORDER BY created_at
