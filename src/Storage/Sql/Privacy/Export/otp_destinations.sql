-- For an export: codes sent to the customer's contacts of late. Parameter: $1 customer. Indexes:
-- users_pkey, otp_destinations_pkey.
SELECT d.channel, d.sends, d.failures, d.updated_at
FROM users u
JOIN otp_destinations d ON d.destination_index IN (u.phone_index, u.email_index)
WHERE u.id = $1
