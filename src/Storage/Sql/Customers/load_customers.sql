-- Loads living customers with profile and data key. Parameter: $1 ids. Returns one row for each
-- that lives. Indexes: users_pkey, customer_profiles_pkey, customer_data_keys_pkey.
SELECT u.id, u.version, u.name, u.phone, u.phone_verified, u.email, u.email_verified,
       u.account_status, u.last_login_at, u.tokens_valid_after, u.created_at, u.updated_at,
       p.gender, p.date_of_birth, p.preferred_language, p.avatar_media_id,
       p.notification_preferences::text, p.total_orders_count, p.total_spend, p.customer_tier,
       p.customer_segment, p.is_verified, k.master_key_id, k.wrapped_key
FROM users u
JOIN customer_profiles p ON p.user_id = u.id
JOIN customer_data_keys k ON k.user_id = u.id
WHERE u.id = ANY ($1::uuid[]) AND u.deleted_at IS NULL
