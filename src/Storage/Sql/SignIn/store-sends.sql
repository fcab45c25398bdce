-- Stores the sends of a destination, under its lock.
-- $1 channel (text), $2 destination_index (bytea, 32 bytes), $3 sends (timestamptz[]).
-- Uses otp_destinations_pkey.
UPDATE otp_destinations
SET sends = $3
WHERE destination_index = $2 AND channel = $1;
