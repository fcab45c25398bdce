-- For an export: the exports. Parameter: $1 customer. Index: privacy_exports_by_user.
SELECT id, state, created_at, expires_at
FROM privacy_exports
WHERE user_id = $1
ORDER BY created_at
