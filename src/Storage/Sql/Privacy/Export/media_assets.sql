-- For an export: media. Parameter: $1 customer. Index: media_assets_by_owner.
SELECT id, content_type, bytes, created_at
FROM media_assets
WHERE owner_user_id = $1
ORDER BY created_at, id
