-- Stores the outcome of a try, under the destination's lock.
-- $1 challenge id (uuid), $2 attempts (integer), $3 consumed_at. Uses otps_pkey.
UPDATE otps
SET attempts = $2, consumed_at = $3
WHERE id = $1;
