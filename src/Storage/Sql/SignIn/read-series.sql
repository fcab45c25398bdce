-- The send series of a purpose and destination. Run under the destination's lock.
-- $1 channel (text), $2 destination_index (bytea, 32 bytes), $3 purpose (text).
-- Returns no row or one: started_at, last_sent_at, sends. Uses otp_series_pkey.
SELECT started_at, last_sent_at, sends
FROM otp_series
WHERE destination_index = $2 AND channel = $1 AND purpose = $3;
