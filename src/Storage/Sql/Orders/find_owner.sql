-- Whose order it is. Parameter: $1 order id. At most one row. Index: orders_pkey.
SELECT user_id
FROM orders
WHERE id = $1
