-- Whether another living customer owns one of two contacts. Parameters: $1 customer id,
-- $2 phone index or null, $3 email index or null. Returns one boolean.
-- Indexes: users_phone_owner, users_email_owner.
SELECT EXISTS (SELECT FROM users WHERE phone_index = $2 AND deleted_at IS NULL AND id <> $1)
    OR EXISTS (SELECT FROM users WHERE email_index = $3 AND deleted_at IS NULL AND id <> $1)
