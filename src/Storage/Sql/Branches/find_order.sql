-- One order of the branch. Run as utb: of other branches' orders there is no row.
-- Parameters: $1 order_id. Returns no row or one, columns as in list_orders.sql.
-- Indexes: orders_pkey, users_pkey.
SELECT order_id, customer_id, name, phone, status, total, customer_snapshot::text,
       contact_version, placed_at, created_at, updated_at, ended_at,
       key_owner_id
FROM branch_order_customers
WHERE order_id = $1
