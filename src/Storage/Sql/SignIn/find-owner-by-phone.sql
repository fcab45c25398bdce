-- The living owner of a phone.
-- $1 phone_index (bytea, 32 bytes). Returns no row or one: id. Uses users_phone_owner.
SELECT id
FROM users
WHERE phone_index = $1 AND deleted_at IS NULL;
