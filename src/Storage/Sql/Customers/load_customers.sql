-- Loads living customers, and those merged into others, with profile, data key, bar and wish to be
-- forgotten. Parameter: $1 ids. Returns one row for each. Indexes: users_pkey,
-- customer_profiles_pkey, customer_data_keys_pkey, customer_bars_pkey, customer_erasures_pkey.
SELECT u.id, u.version, u.name, u.phone, u.phone_verified, u.email, u.email_verified,
       u.is_temporary, u.last_login_at, u.tokens_valid_after, u.created_at, u.updated_at,
       p.gender, p.date_of_birth, p.preferred_language, p.avatar_media_id,
       p.notification_preferences::text, p.total_orders_count, p.total_spend, p.customer_tier,
       p.customer_segment, p.is_verified, k.master_key_id, k.wrapped_key,
       b.kind, b.scope, b.reason_code, b.comment, b.public_reason, b.until, b.barred_by,
       p.last_delivered_at, p.risk_score, p.risk_counts::text, p.underage_order_on,
       p.rewards::text, u.merged_into, e.requested_at, e.runs_at
FROM users u
JOIN customer_profiles p ON p.user_id = u.id
JOIN customer_data_keys k ON k.user_id = u.id
LEFT JOIN customer_bars b ON b.user_id = u.id
LEFT JOIN customer_erasures e ON e.user_id = u.id
WHERE u.id = ANY ($1::uuid[]) AND (u.deleted_at IS NULL OR u.merged_into IS NOT NULL)
