-- Ends a send series after a success, under the destination's lock.
-- $1 channel (text), $2 destination_index (bytea, 32 bytes), $3 purpose (text).
-- Uses otp_series_pkey.
DELETE FROM otp_series
WHERE destination_index = $2 AND channel = $1 AND purpose = $3;
