-- Fails the transaction, by the rule contact_reservations_owner, when one of its commits claims a
-- contact that is kept for somebody else. To be run after the claims: whoever waited for the old
-- owner at the unique index sees only in a later statement what that owner has reserved. And after
-- the reservations of its own transaction.
-- Parameters: parallel arrays, one element per claimed contact: $1 user_id, $2 version after the
-- commit, $3 channel, $4 contact_index, $5 now.
-- Returns nothing. Indexes: users_pkey, contact_reservations_pkey.
SELECT refuse_reserved_contact()
FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bytea[], $5::timestamptz[])
         AS i (user_id, version, channel, contact_index, at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
JOIN contact_reservations r
  ON r.contact_index = i.contact_index AND r.channel = i.channel
WHERE r.user_id <> i.user_id AND r.until > i.at
  -- What is kept for somebody who lives on in the claimant is kept for the claimant.
  AND NOT EXISTS (SELECT FROM users m WHERE m.id = r.user_id AND m.merged_into = i.user_id)
