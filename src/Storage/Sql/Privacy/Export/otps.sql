-- For an export: codes that were sent for the customer, or to sign in with the customer's contacts.
-- Parameter: $1 customer. Indexes: users_pkey, otps_by_user, otps_by_destination.
SELECT id, purpose, channel, destination, expires_at, attempts, consumed_at, created_at
FROM otps
WHERE user_id = $1
UNION ALL
SELECT o.id, o.purpose, o.channel, o.destination, o.expires_at, o.attempts, o.consumed_at,
       o.created_at
FROM users u
JOIN otps o ON o.destination_index IN (u.phone_index, u.email_index) AND o.user_id IS NULL
WHERE u.id = $1
