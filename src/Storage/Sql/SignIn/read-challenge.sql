-- A challenge as it stands, under its destination's lock.
-- $1 challenge id (uuid), $2 purpose (text).
-- Returns no row or one: channel, destination, destination_index, code_hash, master_key_id,
-- expires_at, attempts, consumed_at. Uses otps_pkey.
SELECT channel, destination, destination_index, code_hash, master_key_id, expires_at, attempts,
       consumed_at
FROM otps
WHERE id = $1 AND purpose = $2;
