-- The living owner of an email.
-- $1 email_index (bytea, 32 bytes). Returns no row or one: id. Uses users_email_owner.
SELECT id
FROM users
WHERE email_index = $1 AND deleted_at IS NULL;
