-- Has customers live again whose merge was undone. To be run before update_customers.sql, which
-- looks at living customers alone and moves these to their next version. A contact that somebody
-- else owns by now breaks users_phone_owner or users_email_owner.
-- Parameters: parallel arrays: $1 user_id, $2 version before the commit, $3 survivor's id.
-- Returns nothing. Index: users_pkey.
UPDATE users x
SET merged_into = NULL,
    deleted_at  = NULL
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS i (user_id, version, survivor_id)
WHERE x.id = i.user_id AND x.version = i.version AND x.merged_into = i.survivor_id
