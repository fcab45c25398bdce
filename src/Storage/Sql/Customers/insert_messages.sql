-- Hands messages to the courier on behalf of customers that the same transaction has just moved to
-- a new version.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 id, $4 payload (sealed),
-- $5 expires_at, $6 now. Returns nothing. Index: users_pkey.
INSERT INTO courier_messages (id, user_id, payload, next_attempt_at, expires_at, created_at)
SELECT i.id, i.user_id, i.payload, i.at, i.expires_at, i.at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::bytea[], $5::timestamptz[], $6::timestamptz[])
        AS i (user_id, version, id, payload, expires_at, at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
