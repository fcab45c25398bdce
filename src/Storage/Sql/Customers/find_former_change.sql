-- What became of a contact change that is no longer pending. Parameters: $1 change id,
-- $2 customer id. Returns no row (not this customer's, or forgotten) or one boolean: completed.
-- Index: otps_pkey.
SELECT consumed_at IS NOT NULL
FROM otps
WHERE id = $1 AND user_id = $2 AND purpose = 'profile_update'
