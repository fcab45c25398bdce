-- The rider's look and its row in the access log: together or not at all.
WITH seen AS (
    SELECT o.id, o.customer_id, o.status, o.customer_snapshot, o.phone_updated,
           o.contact_version, u.phone
    FROM orders o
    JOIN users u ON u.id = o.customer_id
    WHERE o.id = @OrderId AND o.rider_id = @Rider
),
noted AS (
    INSERT INTO access_log (accessed_by, customer_id, role, purpose, order_id, fields, at)
    SELECT @Rider, customer_id, 'utd', 'delivery', id, ARRAY['name', 'phone', 'address'], @Now
    FROM seen
)
SELECT id AS order_id, status, customer_snapshot ->> 'name' AS name,
       customer_snapshot ->> 'phone' AS snapshot_phone, phone_updated,
       CASE WHEN phone_updated THEN phone ELSE customer_snapshot ->> 'phone' END AS current_phone,
       contact_version, (customer_snapshot -> 'address')::text AS address
FROM seen
