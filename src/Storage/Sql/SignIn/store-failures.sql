-- Stores the failures of a destination, under its lock.
-- $1 channel (text), $2 destination_index (bytea, 32 bytes), $3 failures (timestamptz[]), $4 now.
-- Uses otp_destinations_pkey.
UPDATE otp_destinations
SET failures = $3, updated_at = $4
WHERE destination_index = $2 AND channel = $1;
