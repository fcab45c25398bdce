-- Has redundant customers, which the same transaction has just moved to a new version, live on in
-- their survivors. Their contacts become free, but for reservations.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 survivor's id, $4 now.
-- Returns nothing. Index: users_pkey.
UPDATE users x
SET merged_into = i.survivor_id,
    deleted_at  = i.at
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[])
         AS i (user_id, version, survivor_id, at)
WHERE x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
