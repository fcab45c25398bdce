-- For an export: contacts that are kept for the customer. Parameter: $1 customer. Index:
-- contact_reservations_by_user.
SELECT channel, until
FROM contact_reservations
WHERE user_id = $1
