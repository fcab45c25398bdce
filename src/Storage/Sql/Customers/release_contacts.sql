-- Gives up reservations of customers that the same transaction has just moved to a new version:
-- they own the contact again.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 channel,
-- $4 contact_index. Returns nothing. Indexes: users_pkey, contact_reservations_pkey.
DELETE FROM contact_reservations r
USING unnest($1::uuid[], $2::bigint[], $3::text[], $4::bytea[])
          AS i (user_id, version, channel, contact_index)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
WHERE r.contact_index = i.contact_index AND r.channel = i.channel AND r.user_id = i.user_id
