-- For an export: the identity. Parameter: $1 customer. Index: users_pkey.
SELECT id, scope, name, phone, phone_verified, email, email_verified, account_status,
       is_temporary, last_login_at, tokens_valid_after, created_at, updated_at
FROM users
WHERE id = $1
