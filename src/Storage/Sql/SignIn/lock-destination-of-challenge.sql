-- Locks the row of the destination to which a code was sent, until the transaction ends.
-- $1 challenge id (uuid), $2 purpose (text).
-- Returns no row (no such challenge, or its destination is long forgotten) or one: sends, failures
-- (timestamptz[]). Uses otps_pkey, otp_destinations_pkey.
SELECT d.sends, d.failures
FROM otp_destinations d
WHERE (d.destination_index, d.channel) =
      (SELECT o.destination_index, o.channel FROM otps o WHERE o.id = $1 AND o.purpose = $2)
FOR UPDATE;
