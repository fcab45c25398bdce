-- Orders copies of everything for customers that the same transaction has just moved to a new
-- version.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 id, $4 now.
-- Returns nothing. Index: users_pkey.
INSERT INTO privacy_exports (id, user_id, next_attempt_at, created_at)
SELECT i.id, i.user_id, i.at, i.at
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[])
         AS i (user_id, version, id, at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
