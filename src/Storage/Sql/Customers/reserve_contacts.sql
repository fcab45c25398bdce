-- Keeps contacts that were given up for those who may still undo. A row that is past its time is
-- taken over; one of somebody who lives on in the customer stays until it ends.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 channel,
-- $4 contact_index, $5 until. Returns nothing.
-- Indexes: users_pkey, contact_reservations_pkey.
INSERT INTO contact_reservations AS r (contact_index, channel, user_id, until)
SELECT i.contact_index, i.channel, i.user_id, i.until
FROM unnest(
        $1::uuid[], $2::bigint[], $3::text[], $4::bytea[], $5::timestamptz[])
        AS i (user_id, version, channel, contact_index, until)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT ON CONSTRAINT contact_reservations_pkey DO UPDATE
SET user_id = EXCLUDED.user_id, until = EXCLUDED.until
WHERE NOT EXISTS (
    SELECT FROM users m
    WHERE m.id = r.user_id AND m.merged_into = EXCLUDED.user_id AND r.until > EXCLUDED.until)
