-- One page of the branch's orders, the newest first. Run as utb: the policies choose the branch.
-- Parameters: $1 created_at and $2 order_id of the last row seen, $3 rows at most.
-- Returns: order_id, customer_id, name, phone, status, total, customer_snapshot, contact_version,
-- placed_at, created_at, updated_at, ended_at, key_owner_id. Indexes: orders_by_branch, users_pkey.
SELECT order_id, customer_id, name, phone, status, total, customer_snapshot::text,
       contact_version, placed_at, created_at, updated_at, ended_at,
       key_owner_id
FROM branch_order_customers
WHERE created_at <= $1 AND (created_at < $1 OR order_id > $2)
ORDER BY created_at DESC, order_id
LIMIT $3
