-- Which of some customers live. Parameter: $1 ids. Index: users_pkey.
SELECT id FROM users WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL
