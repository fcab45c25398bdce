-- The codes of a customer's account link, locked until the transaction ends.
-- $1 link_id, $2 user_id. Returns no row, one (a guest's) or two: id, channel, destination,
-- destination_index, code_hash, master_key_id, expires_at, attempts, consumed_at. Uses otps_by_link.
SELECT id, channel, destination, destination_index, code_hash, master_key_id, expires_at, attempts,
       consumed_at
FROM otps
WHERE link_id = $1 AND user_id = $2
ORDER BY id
FOR UPDATE;
