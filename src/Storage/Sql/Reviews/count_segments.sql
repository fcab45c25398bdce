-- Living customers by segment and tier. No parameters. Reads all of both tables: ask seldom.
SELECT p.customer_segment, p.customer_tier, count(*)
FROM customer_profiles p
JOIN users u ON u.id = p.user_id
WHERE u.deleted_at IS NULL
GROUP BY p.customer_segment, p.customer_tier
ORDER BY p.customer_segment, p.customer_tier
