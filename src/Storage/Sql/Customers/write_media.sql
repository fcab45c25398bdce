-- Writes media of customers that the same transaction has just moved to a new version.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 id, $4 content_type,
-- $5 bytes, $6 created_at. Returns nothing. Index: users_pkey.
INSERT INTO media_assets (id, owner_user_id, content_type, bytes, created_at)
SELECT i.id, i.user_id, i.content_type, i.bytes, i.created_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::bigint[], $6::timestamptz[])
        AS i (user_id, version, id, content_type, bytes, created_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
