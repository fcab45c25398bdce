SELECT u.id, u.version, u.name, u.phone, u.email, p.gender, p.date_of_birth,
       p.preferred_language, p.notification_preferences::text AS notification_preferences,
       u.account_status, u.phone_verified, u.email_verified, p.customer_tier, p.customer_segment,
       p.total_orders_count, p.total_spend, u.created_at, u.updated_at, u.last_login_at
FROM users u
JOIN customer_profiles p ON p.user_id = u.id
WHERE u.id = @Id
