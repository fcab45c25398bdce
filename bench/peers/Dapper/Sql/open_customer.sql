-- The branch's look and its row in the access log: together or not at all.
WITH seen AS (
    SELECT o.id, o.customer_id, o.customer_snapshot, o.phone_updated, u.phone
    FROM orders o
    JOIN users u ON u.id = o.customer_id
    WHERE o.id = @OrderId AND o.branch_id = @Branch
),
noted AS (
    INSERT INTO access_log
        (accessed_by, customer_id, role, branch_id, purpose, order_id, fields, at)
    SELECT @Caller, customer_id, 'utb', @Branch, @Purpose, id,
           ARRAY['name', 'phone', 'address'], @Now
    FROM seen
)
SELECT id AS order_id, customer_id, customer_snapshot ->> 'name' AS name,
       CASE WHEN phone_updated THEN phone ELSE customer_snapshot ->> 'phone' END AS phone,
       (customer_snapshot -> 'address')::text AS address
FROM seen
