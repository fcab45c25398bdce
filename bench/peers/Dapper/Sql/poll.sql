SELECT id AS order_id, phone_updated, contact_version
FROM orders
WHERE id = @OrderId AND rider_id = @Rider
