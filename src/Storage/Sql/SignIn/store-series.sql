-- Stores a send series, under the destination's lock.
-- $1 channel (text), $2 destination_index (bytea, 32 bytes), $3 purpose (text),
-- $4 started_at, $5 last_sent_at, $6 sends (integer). Uses otp_series_pkey.
INSERT INTO otp_series (channel, destination_index, purpose, started_at, last_sent_at, sends)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ON CONSTRAINT otp_series_pkey DO UPDATE
SET started_at = EXCLUDED.started_at, last_sent_at = EXCLUDED.last_sent_at, sends = EXCLUDED.sends;
