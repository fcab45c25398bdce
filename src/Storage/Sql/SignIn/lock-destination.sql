-- Locks a destination's row, making it where it is missing, until the transaction ends.
-- $1 channel (text), $2 destination_index (bytea, 32 bytes), $3 now.
-- Returns one row: sends, failures (timestamptz[]). Uses otp_destinations_pkey.
INSERT INTO otp_destinations AS d (channel, destination_index, updated_at)
VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT otp_destinations_pkey DO UPDATE SET updated_at = EXCLUDED.updated_at
RETURNING d.sends, d.failures;
