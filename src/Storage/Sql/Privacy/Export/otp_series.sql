-- For an export: codes asked for one after the other. Parameter: $1 customer. Indexes: users_pkey,
-- otp_series_pkey.
SELECT s.purpose, s.channel, s.started_at, s.last_sent_at, s.sends
FROM users u
JOIN otp_series s ON s.destination_index IN (u.phone_index, u.email_index)
WHERE u.id = $1
