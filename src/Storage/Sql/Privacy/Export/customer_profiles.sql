-- For an export: the profile. Parameter: $1 customer. Index: customer_profiles_pkey.
SELECT avatar_media_id, date_of_birth, gender, preferred_language, notification_preferences,
       total_orders_count, total_spend, average_order_value, customer_tier, customer_segment,
       last_delivered_at, rewards, is_verified, created_at, updated_at
FROM customer_profiles
WHERE user_id = $1
