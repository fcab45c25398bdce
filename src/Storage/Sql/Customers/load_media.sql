-- Loads media. Parameter: $1 customer ids. Index: media_assets_by_owner.
SELECT owner_user_id, id, content_type, bytes, created_at
FROM media_assets
WHERE owner_user_id = ANY ($1::uuid[])
ORDER BY owner_user_id, created_at, id
