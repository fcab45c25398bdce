-- Makes a code good again whose proof led to nothing, because what should have followed failed.
-- $1 challenge id (uuid), $2 consumed_at as this proof set it. Uses otps_pkey.
UPDATE otps
SET consumed_at = NULL
WHERE id = $1 AND consumed_at = $2;
